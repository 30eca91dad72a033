import { createHmac } from 'node:crypto';
import type { KeyedHash } from '../ports/keyedHash.ts';

/** HMAC-SHA-256; `pepper` is the 32 bytes of secret `auth-pepper`. */
export function createKeyedHash(pepper: Uint8Array): KeyedHash {
  return (kind, value) => new Uint8Array(createHmac('sha256', pepper).update(`${kind}:${value}`).digest());
}
