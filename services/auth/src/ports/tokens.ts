import type { Account, jwksSchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';

/** Signs access tokens (AUTH-1) and publishes the keys that verify them. */
export interface AccessTokenIssuer {
  issue(options: { readonly account: Account; readonly sessionId: string; readonly now: Date }): Promise<string>;
  readonly jwks: z.infer<typeof jwksSchema>;
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
  /** Keyed hash (32 bytes, hex) that stands for a client; the user agent is all that is known of it so far. */
  clientOf(userAgent: string | null): string;
}
