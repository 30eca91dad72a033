import type { CloudEvent, ConsentEntry } from '@todo-chatbot/contracts';
import type { ConsentChange, LatestConsents } from '../domain/consents.ts';
import type { SessionOwner } from './sessionStore.ts';

/** The ledger of consents: it only grows, and goes with its person's account (PRIV-2). */
export interface ConsentLedger {
  /** The last word of a person on each purpose. */
  latest(userId: string): Promise<LatestConsents>;
  /** A person's entries, newest first. */
  history(userId: string, limit: number): Promise<readonly ConsentEntry[]>;
  /**
   * Adds what `changeOf` makes of the last word, together with the events. A withdrawal raises the person's access version, so that
   * tokens which say otherwise are refused. False, and nothing happens, when the account is not active.
   */
  add(options: {
    readonly asking: SessionOwner;
    readonly noticeVersion: string;
    readonly now: Date;
    readonly changeOf: (latest: LatestConsents) => ConsentChange;
    /** `accessVersion`: the new one, when it grew. */
    readonly eventsFor: (change: ConsentChange, accessVersion: number | null) => readonly CloudEvent[];
  }): Promise<boolean>;
}
