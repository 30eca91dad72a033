/** Slow hashing of passwords, off the event loop. Both functions refuse with `auth.busy` when too much work is waiting. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With `null` for the hash of an unknown person it does the same work and answers false (AUTH-6). */
  verify(password: string, passwordHash: string | null): Promise<boolean>;
}
