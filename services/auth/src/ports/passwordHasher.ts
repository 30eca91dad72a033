/** Slow hashing of passwords, off the event loop. `hash` and `verify` refuse with `auth.busy` when too much work is waiting. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /**
   * Does the same work whatever it is given: also for a hash of a lower cost, and for `null`, which stands for the hash of an unknown
   * person and answers false (AUTH-6).
   */
  verify(password: string, passwordHash: string | null): Promise<boolean>;
  /** True for a hash of less work than is asked for today (AUTH-5). */
  isOutdated(passwordHash: string): boolean;
}
