import type { CloudEvent } from '@todo-chatbot/contracts';
import type { RefreshGeneration } from '../domain/session.ts';

/** A session and whose it is. */
export interface SessionOwner {
  readonly sessionId: string;
  readonly userId: string;
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

/** Sessions and their refresh tokens. Each change commits together with its events. */
export interface SessionStore {
  open(options: {
    readonly session: SessionOwner;
    readonly refreshToken: StoredRefreshToken;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<void>;
  /** True for a session that exists and is not revoked. */
  isLive(sessionId: string): Promise<boolean>;
  /**
   * Marks the token used and stores its successor, in one atomic statement. Null when the token is unknown, used, expired,
   * or of a revoked session.
   */
  rotate(options: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly successor: StoredRefreshToken;
    readonly client: string;
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
