import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { RefreshTokens } from '../ports/tokens.ts';

/** Refresh tokens over the keyed hash. */
export function createHmacRefreshTokens(keyedHash: KeyedHash): RefreshTokens {
  return {
    create: createOpaqueToken,
    successorOf: (token) => Buffer.from(keyedHash('successor', token)).toString('base64url'),
    hash: (token) => keyedHash('hash', token),
    // No device token holds a colon, so that no two clients are written the same.
    clientOf: ({ userAgent, deviceToken = '' }) =>
      Buffer.from(keyedHash('client', `${deviceToken}:${userAgent ?? ''}`)).toString('hex'),
  };
}
