import { createHmac, randomBytes } from 'node:crypto';
import type { RefreshTokens } from '../ports/tokens.ts';

const tokenBytes = 32;

/** Refresh tokens over HMAC-SHA-256; `pepper` is the 32 bytes of secret `auth-pepper`. */
export function createHmacRefreshTokens(pepper: Uint8Array): RefreshTokens {
  /** The label keeps the three uses of the one key apart: a stored hash can never be a token. */
  const keyed = (label: 'hash' | 'successor' | 'client', value: string) =>
    createHmac('sha256', pepper).update(`${label}:${value}`).digest();
  return {
    create: () => randomBytes(tokenBytes).toString('base64url'),
    successorOf: (token) => keyed('successor', token).toString('base64url'),
    hash: (token) => new Uint8Array(keyed('hash', token)),
    clientOf: (userAgent) => keyed('client', userAgent ?? '').toString('hex'),
  };
}
