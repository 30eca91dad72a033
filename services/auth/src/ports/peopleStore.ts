import type { CloudEvent, User } from '@todo-chatbot/contracts';
import type { UserChange, UserChangeEffect } from '../domain/administration.ts';
import type { PeoplePosition } from '../domain/peoplePage.ts';
import type { WrappedDataKey } from './dataKeys.ts';

/** People as administrators see and change them. Whoever is deleted is not there. Each change commits together with its events. */
export interface PeopleStore {
  /** Newest first, after the position; one exactly when there is an e-mail. */
  page(options: {
    readonly limit: number;
    readonly email: string | null;
    readonly after: PeoplePosition | null;
  }): Promise<{ readonly items: readonly User[]; readonly isLast: boolean }>;
  find(userId: string): Promise<User | null>;
  /**
   * Changes a person. Of any number of changes at once none leaves the platform without an active administrator: that one is refused.
   * Nobody is reinstated whose erasure waits for the end of a legal hold.
   */
  change(options: {
    readonly userId: string;
    readonly change: UserChange;
    readonly now: Date;
    /** `accessVersion`: the new one, null when older tokens go on being good. */
    readonly events: (effect: UserChangeEffect, accessVersion: number | null) => readonly CloudEvent[];
  }): Promise<
    | { readonly kind: 'changed'; readonly user: User }
    | { readonly kind: 'not-found' }
    | { readonly kind: 'last-administrator' }
    | { readonly kind: 'erasure-under-way' }
  >;
  /**
   * Makes a person an administrator while there is none, or answers why not: a new account with a link to choose a password, or an
   * active account whose address is confirmed.
   */
  appointFirst(options: {
    readonly account: { readonly id: string; readonly email: string; readonly name: string };
    readonly dataKey: WrappedDataKey;
    readonly link: { readonly tokenHash: Uint8Array<ArrayBuffer>; readonly expiresAt: Date };
    readonly now: Date;
    /** `accessVersion`: null for a new account. */
    readonly events: (userId: string, accessVersion: number | null) => readonly CloudEvent[];
  }): Promise<'created' | 'promoted' | 'administrator-exists' | 'suspended' | 'unverified'>;
}
