import { jwksSchema } from '@todo-chatbot/contracts';
import { type CryptoKey, importJWK } from 'jose';
import type { z } from 'zod';
import { type Clock, systemClock } from '../clock.ts';
import type { Dapr } from '../dapr/dapr.ts';
import { ProblemError } from '../problem.ts';

/** Public keys by key id. */
export interface KeySource {
  /** The key, or `undefined` when the issuer has none of that id. @throws ProblemError `upstream.unavailable` when it cannot be known. */
  keyFor(kid: string): Promise<CryptoKey | undefined>;
}

type Jwks = z.infer<typeof jwksSchema>;

/** A removed key is trusted no longer than this. */
const cacheMaxAgeMs = 60_000;
/** Tokens with made-up key ids cause at most one fetch in this time. */
const unknownKeyCooldownMs = 30_000;
/** While `auth` does not answer, it is asked no more often than this. */
const failureCooldownMs = 1_000;
/** Keys are needed before a request can go on, so the wait is short. */
const fetchTimeoutMs = 3_000;

/** Keys of `auth`, fetched by invocation, kept 60 s, asked for again at most every 30 s on unknown key ids. */
export function remoteKeys(dapr: Dapr, clock: Clock = systemClock): KeySource {
  let keys: ReadonlyMap<string, CryptoKey> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    try {
      const answer = await dapr.invoke({
        appId: 'auth',
        method: 'GET',
        path: '/v1/jwks',
        timeoutMs: fetchTimeoutMs,
        responseSchema: jwksSchema,
      });
      keys = await importKeys(answer.body);
      fetchedAt = clock.now().getTime();
    } catch (error) {
      failedAt = clock.now().getTime();
      throw new ProblemError('upstream.unavailable', { cause: error });
    } finally {
      pending = undefined;
    }
  }

  async function refresh(): Promise<void> {
    if (!pending && clock.now().getTime() - failedAt < failureCooldownMs)
      throw new ProblemError('upstream.unavailable');
    pending ??= fetchKeys();
    await pending;
  }

  return {
    async keyFor(kid) {
      const ageMs = clock.now().getTime() - fetchedAt;
      const known = keys.get(kid);
      if (ageMs > cacheMaxAgeMs || (!known && ageMs > unknownKeyCooldownMs)) await refresh();
      return keys.get(kid);
    },
  };
}

async function importKeys(jwks: Jwks): Promise<ReadonlyMap<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>();
  for (const jwk of jwks.keys) {
    const key = await importJWK(jwk, 'RS256');
    if (!(key instanceof Uint8Array)) keys.set(jwk.kid, key);
  }
  return keys;
}
