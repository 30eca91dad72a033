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

/** What an access token is worth at this moment. */
export interface LiveAccess {
  readonly accessVersion: number;
  /** Null for an API key. */
  readonly authenticatedAt: Date | null;
}

/** Sessions and their refresh tokens. Each change commits together with its events. */
export interface SessionStore {
  /**
   * Opens a session; those beyond the limit of a person end, the one used longest ago first.
   * @throws ProblemError `auth.invalid-credentials` when the account is not active any more
   */
  open(options: {
    readonly session: SessionOwner;
    readonly refreshToken: StoredRefreshToken;
    readonly proof: SessionProof;
    readonly client: SessionClient;
    readonly device: { readonly id: string; readonly tokenHash: Uint8Array<ArrayBuffer> };
    readonly now: Date;
    readonly events: readonly CloudEvent[];
    /** The events of a session that ends because there are too many. */
    readonly eventsOfEnded: (session: SessionOwner) => readonly CloudEvent[];
  }): Promise<void>;
  /** What the session, or the API key, of an active account is worth now; null when it is revoked or expired. */
  liveAccess(sessionId: string, now: Date): Promise<LiveAccess | null>;
  /** The session with its account, for an answer with tokens. Null when it is revoked or the account is not active. */
  findWithAccount(sessionId: string): Promise<(SessionProof & { readonly record: AccountRecord }) | null>;
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
  }): Promise<SessionOwner | null>;
  /** The used token with this hash, when its session is not revoked. */
  findUsed(tokenHash: Uint8Array<ArrayBuffer>): Promise<UsedRefreshToken | null>;
  /** Revokes the session and with it every token of its family. False, and no event, when it was revoked before. */
  revoke(options: {
    readonly sessionId: string;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
}
