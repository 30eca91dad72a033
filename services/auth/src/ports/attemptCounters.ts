import type { AttemptPool } from '../domain/lockout.ts';

/** What becomes of an attempt. */
export type TakenAttempt =
  /** It may be checked. `locksOnFailure`: it was the last one, and has locked the pool unless it succeeds. */
  | { readonly kind: 'allowed'; readonly locksOnFailure: boolean }
  /** It must not be checked, and was not counted. */
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number };

/**
 * Failures in a row by pool and key (AUTH-7). An attempt is counted as a failure *before* it is checked, so that attempts that race one
 * another are never checked more often than the policy allows; afterwards success clears the count. A key is hashed before it is stored.
 */
export interface AttemptCounters {
  /** Counts an attempt and says whether it may be checked, in one atomic statement. */
  take(pool: AttemptPool, key: string): Promise<TakenAttempt>;
  /** The attempt succeeded, and with it the one to whom this pool belongs: the count starts anew. */
  clear(pool: AttemptPool, key: string): Promise<void>;
  /** Takes back this one attempt: it was never checked, or it succeeded in a pool that others share. */
  giveBack(pool: AttemptPool, key: string): Promise<void>;
}
