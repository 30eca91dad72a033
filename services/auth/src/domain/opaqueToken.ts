import { randomBytes } from 'node:crypto';

/** A new opaque token: 32 random bytes in base64url, 43 characters. */
export function createOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}
