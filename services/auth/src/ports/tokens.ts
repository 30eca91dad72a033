import type { Account, Permission } from '@todo-chatbot/contracts';

/** What an access token says (AUTH-1, docs/accounts.md). */
export interface AccessTokenContent {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: Account['roles'];
  /** Claim `ver`. */
  readonly accessVersion: number;
  /** Claim `auth_time`; null for an API key. */
  readonly authenticatedAt: Date | null;
  /** Claim `scope`; null: not limited. */
  readonly scopes: readonly Permission[] | null;
}

/** Signs access tokens (AUTH-1). */
export interface AccessTokenIssuer {
  issue(content: AccessTokenContent, options: { readonly now: Date; readonly ttlSeconds: number }): Promise<string>;
}

/** Makes opaque refresh tokens and what the database may know of them. Everything but `create` follows from the pepper alone. */
export interface RefreshTokens {
  /** A new random token: 32 bytes in base64url. */
  create(): string;
  /**
   * The one successor that a token can have. It is computed, not stored, so that a tab that lost the race of two
   * refreshes can be given the winner's token again, also after a restart or by another replica.
   */
  successorOf(token: string): string;
  /** Keyed hash (32 bytes) under which a token is stored. */
  hash(token: string): Uint8Array<ArrayBuffer>;
  /** Keyed hash (32 bytes, hex) that stands for a client: the device token of the browser, and what it calls itself. */
  clientOf(client: { readonly userAgent: string | null; readonly deviceToken: string | undefined }): string;
}
