import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token that a page of a session must show with a request that its cookies authenticate: HMAC-SHA-256 of the session id.
 * Bound to the session, so that neither a planted cookie nor the token of another session fits.
 */
export function csrfTokenFor(key: Buffer, sessionId: string): string {
  return createHmac('sha256', key).update(`csrf:${sessionId}`).digest('base64url');
}

/** Compares digests of equal length, so that the time tells nothing of where two tokens differ. */
export function isSameToken(given: string, expected: string): boolean {
  const digest = (token: string) => createHash('sha256').update(token).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
