import type { AuthenticationMethod, CloudEvent } from '@todo-chatbot/contracts';
import type { RefreshGeneration } from '../domain/session.ts';
import type { AccountRecord } from './accountStore.ts';

/** A session and whose it is. */
export interface SessionOwner {
  readonly sessionId: string;
  readonly userId: string;
}

/** Where a session is used from; coarse. */
export interface SessionClient {
  readonly userAgent: string | null;
  readonly address: string | null;
}

/** How and when the person proved themselves. */
export interface SessionProof {
  readonly methods: readonly AuthenticationMethod[];
  readonly authenticatedAt: Date;
}

/** A refresh token as it is stored. */
export interface StoredRefreshToken {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly expiresAt: Date;
}

/** A token that was used before: its session and the chain of generations from it to the newest. */
export interface UsedRefreshToken extends SessionOwner {
  readonly chain: readonly RefreshGeneration[];
}

/** A live session as its owner sees it. */
export interface ListedSession extends SessionClient {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly methods: readonly AuthenticationMethod[];
}

/** A session with its account, for an answer with tokens. */
export interface SessionWithAccount extends SessionProof {
  readonly session: SessionOwner;
  readonly record: AccountRecord;
}

/**
 * Sessions of a person to end. Devices are forgotten with them, but for the one of the session that asks: `one` forgets its own,
 * `others` every other one, also those that are signed out, and `all` every single one.
 */
export type SessionsToEnd =
  | { readonly which: 'one'; readonly sessionId: string }
  | { readonly which: 'others' }
  | { readonly which: 'all' };

/** What an access token is worth at this moment. */
export interface LiveAccess {
  readonly accessVersion: number;
  /** Null for an API key. */
  readonly authenticatedAt: Date | null;
}

/** Sessions and their refresh tokens. Each change commits together with its events. */
export interface SessionStore {
  /**
   * Opens a session; those beyond the limit of a person end, the one used longest ago first. False, and nothing happens, when the
   * account is not what it was when its owner proved themselves: suspended, signed out everywhere, or with another password.
   */
  open(options: {
    readonly session: SessionOwner;
    readonly record: AccountRecord;
    readonly refreshToken: StoredRefreshToken;
    readonly proof: SessionProof;
    readonly client: SessionClient;
    readonly device: { readonly id: string; readonly tokenHash: Uint8Array<ArrayBuffer> };
    readonly now: Date;
    readonly events: readonly CloudEvent[];
    /** The events of a session that ends because there are too many. */
    readonly eventsOfEnded: (session: SessionOwner) => readonly CloudEvent[];
  }): Promise<boolean>;
  /** What the session, or the API key, of an active account is worth now; null when it is revoked or expired. */
  liveAccess(sessionId: string, now: Date): Promise<LiveAccess | null>;
  /** Null when the session is revoked or the account is not active. */
  findWithAccount(sessionId: string): Promise<SessionWithAccount | null>;
  /** Sessions that can still be refreshed, the last used first. */
  list(userId: string, now: Date): Promise<readonly ListedSession[]>;
  /**
   * Marks the token used and stores its successor, in one atomic statement. Null when the token is unknown, used, expired,
   * or of a revoked session.
   */
  rotate(options: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly successor: StoredRefreshToken;
    /** Keyed hash of the client, hex. */
    readonly client: string;
    readonly from: SessionClient;
    readonly now: Date;
    readonly eventsFor: (session: SessionOwner) => readonly CloudEvent[];
  }): Promise<SessionWithAccount | null>;
  /** The used token with this hash, when its session is not revoked. */
  findUsed(tokenHash: Uint8Array<ArrayBuffer>): Promise<UsedRefreshToken | null>;
  /** Revokes the session and with it every token of its family. False, and no event, when it was revoked before. */
  revoke(options: {
    readonly session: SessionOwner;
    /** For a session that may be in the hands of a thief; a browser that signs out stays known. */
    readonly forgetsDevice?: boolean;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
  /**
   * Ends sessions of the person who asks. False, and no event, when `one` names none that is live and theirs. With `all` the access
   * version of the person grows, so that API keys and whatever else is out are refused as well.
   */
  end(options: {
    readonly asking: SessionOwner;
    readonly toEnd: SessionsToEnd;
    readonly now: Date;
    /** `accessVersion`: the new one, when it grew. */
    readonly eventsFor: (ended: readonly SessionOwner[], accessVersion: number | null) => readonly CloudEvent[];
  }): Promise<boolean>;
  /**
   * Sets a new password and ends all other sessions. False, and nothing happens, when the account's hash is no longer `from`:
   * of two changes at once one wins.
   */
  changePassword(options: {
    readonly asking: SessionOwner;
    readonly from: string;
    readonly to: string;
    readonly now: Date;
    readonly eventsFor: (ended: readonly SessionOwner[]) => readonly CloudEvent[];
  }): Promise<boolean>;
}
