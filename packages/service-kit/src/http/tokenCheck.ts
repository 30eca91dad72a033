import { createHash, timingSafeEqual } from 'node:crypto';

/** A check of what a request shows against the expected token. It compares digests, so that neither time nor length tells of the token. */
export function tokenCheck(expected: string): (shown: string | string[] | undefined) => boolean {
  const digest = digestOf(expected);
  return (shown) => typeof shown === 'string' && timingSafeEqual(digestOf(shown), digest);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
