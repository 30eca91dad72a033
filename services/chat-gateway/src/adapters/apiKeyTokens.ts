import { createHash } from 'node:crypto';
import { accessGrantSchema } from '@todo-chatbot/contracts';
import { type Clock, type Dapr, ProblemError } from '@todo-chatbot/service-kit';
import { LRUCache } from 'lru-cache';

/** Keys that programs use within five minutes; a token is about a kilobyte. Whoever falls out is exchanged once more. */
const keptLimit = 5_000;
/** Refused keys that are remembered; a flood of others pushes out refused ones alone, never a good one. */
const refusedLimit = 5_000;
/** A token is given up this long before it expires, so that it outlives the calls that are made with it. */
const marginMs = 30_000;
/** A program with a dead key that tries again and again asks `auth` this often; so late is a reinstated owner's key good again. */
const refusalMs = 10_000;

/** Access tokens that API keys were exchanged for (AUTH-12), in this process. The keys themselves are nowhere. */
export interface ApiKeyTokens {
  /** The token kept for the key, which may have been denied since; null when none is or it is about to expire. */
  kept(key: string): string | null;
  /**
   * A fresh token; null for a key that `auth` refuses, or has a moment ago. Requests at the same time share one exchange.
   * @throws ProblemError `upstream.unavailable` when `auth` does not answer (PRIN-6)
   */
  exchange(key: string): Promise<string | null>;
}

/** Exchanges API keys at `auth` through the mesh. */
export function createApiKeyTokens({ dapr, clock }: { dapr: Pick<Dapr, 'invoke'>; clock: Clock }): ApiKeyTokens {
  const tokens = new LRUCache<string, { readonly accessToken: string; readonly goodUntilMs: number }>({
    max: keptLimit,
  });
  const refusedUntilMs = new LRUCache<string, number>({ max: refusedLimit });
  const underWay = new Map<string, Promise<string | null>>();
  const nowMs = () => clock.now().getTime();

  async function ask(key: string, hash: string): Promise<string | null> {
    const request = { appId: 'auth', method: 'POST', path: '/v1/api-key-exchange', body: { key } } as const;
    try {
      const { accessToken, expiresIn } = (await dapr.invoke({ ...request, responseSchema: accessGrantSchema })).body;
      tokens.set(hash, { accessToken, goodUntilMs: nowMs() + expiresIn * 1000 - marginMs });
      return accessToken;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      tokens.delete(hash);
      refusedUntilMs.set(hash, nowMs() + refusalMs);
      return null;
    }
  }

  return {
    kept(key) {
      const found = tokens.get(hashOf(key));
      return found && found.goodUntilMs > nowMs() ? found.accessToken : null;
    },
    async exchange(key) {
      const hash = hashOf(key);
      if ((refusedUntilMs.get(hash) ?? 0) > nowMs()) return null;
      const shared = underWay.get(hash) ?? ask(key, hash).finally(() => underWay.delete(hash));
      underWay.set(hash, shared);
      return shared;
    },
  };
}

/** 256 random bits need no slow hash and no pepper. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
