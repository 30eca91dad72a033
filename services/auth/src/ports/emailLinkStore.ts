import type { CloudEvent } from '@todo-chatbot/contracts';
import type { LinkPurpose } from '../domain/emailLink.ts';
import type { SealedJob } from './mailQueue.ts';

/** A mailed link as it is stored: `email` is the address that it proves. */
export interface StoredLink {
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly purpose: LinkPurpose;
  readonly userId: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Whose link it is. */
export interface LinkOwner {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

/** An address that a link confirmed. `earlierEmail` is null when the address is still the same. */
export interface ConfirmedEmail {
  readonly userId: string;
  readonly earlierEmail: string | null;
}

/** What a reset did. */
export interface PasswordReset {
  readonly userId: string;
  readonly email: string;
  readonly accessVersion: number;
  readonly endedSessionIds: readonly string[];
}

/** Mailed links (AUTH-13). Each is used up by the statement that looks it up. Each change commits together with its events and mails. */
export interface EmailLinkStore {
  /**
   * Stores a link in place of older ones of its person and purpose. `jobs` tell of it; `inPlaceOf` is the job that asked for it. False, and
   * nothing is changed, when the person is gone or has another access version than is asked for, or the job was done by somebody else.
   */
  issue(options: {
    readonly link: StoredLink;
    readonly jobs: readonly SealedJob[];
    readonly events: readonly CloudEvent[];
    readonly inPlaceOf?: string;
    readonly accessVersion?: number;
  }): Promise<boolean>;
  /** Whom a live link to choose a password belongs to; it is not used up. Null when there is none. */
  peekReset(tokenHash: Uint8Array<ArrayBuffer>, now: Date): Promise<LinkOwner | null>;
  /**
   * Confirms the address of a link to verify or to change it. Null for a link that is unknown, used, expired or of another purpose, and
   * when the address has come to belong to somebody else meanwhile.
   */
  confirmEmail(options: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly now: Date;
    readonly eventsFor: (confirmed: ConfirmedEmail) => readonly CloudEvent[];
    readonly jobsFor: (confirmed: ConfirmedEmail) => readonly SealedJob[];
  }): Promise<ConfirmedEmail | null>;
  /**
   * Sets the password by a link, and takes everything away that could let somebody else in: sessions, devices, tickets, other links. If the
   * address had never been verified, second factors and API keys as well. Null as above.
   */
  resetPassword(options: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly passwordHash: string;
    readonly now: Date;
    readonly eventsFor: (reset: PasswordReset) => readonly CloudEvent[];
    readonly jobsFor: (reset: PasswordReset) => readonly SealedJob[];
  }): Promise<PasswordReset | null>;
}
