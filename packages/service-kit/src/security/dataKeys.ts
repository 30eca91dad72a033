import { dataKeysSchema } from '@todo-chatbot/contracts';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { Dapr } from '../dapr/dapr.ts';

/** The keys of one person that this service may have, by scope. */
export type ScopeKeys = ReadonlyMap<string, Uint8Array>;

/** Where a service gets a person's keys from. */
export interface DataKeys {
  /** @throws ProblemError `person.erased`, `person.not-found`, or `upstream.unavailable` when it cannot be known (PRIN-6). */
  of(personId: string): Promise<ScopeKeys>;
  /** Forgets a person's keys at once; what is being fetched is not kept either. */
  forget(personId: string): void;
}

/** A destroyed key opens nothing after this time even where no news of it came. */
const maxAgeMs = 60_000;
/** The people who are here now; a set of keys takes some 300 bytes. */
const maxPeople = 20_000;
/** A key is needed before the request can go on. */
const fetchTimeoutMs = 3_000;

interface Kept {
  readonly keys: ScopeKeys;
  readonly fetchedAtMs: number;
}

/** Keys of `auth`, by invocation, kept in memory for a minute; several that ask for one person wait for one answer. */
export function remoteDataKeys({
  dapr,
  clock,
}: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly clock: Clock;
}): DataKeys {
  const kept = new LRUCache<string, Kept>({ max: maxPeople });
  const fetching = new Map<string, Promise<ScopeKeys>>();

  function fetchKeys(personId: string): Promise<ScopeKeys> {
    const fetchedAtMs = clock.now().getTime();
    const answer = dapr
      .invoke({
        appId: 'auth',
        method: 'GET',
        path: `/v1/data-keys/${personId}`,
        timeoutMs: fetchTimeoutMs,
        responseSchema: dataKeysSchema,
      })
      .then(
        ({ body }) => new Map(Object.entries(body.keys).map(([scope, key]) => [scope, Buffer.from(key, 'base64')])),
      );
    fetching.set(personId, answer);
    const isCurrent = () => fetching.get(personId) === answer;
    answer.then(
      (keys) => {
        if (isCurrent()) kept.set(personId, { keys, fetchedAtMs });
        if (isCurrent()) fetching.delete(personId);
      },
      () => {
        if (isCurrent()) fetching.delete(personId);
      },
    );
    return answer;
  }

  return {
    async of(personId) {
      const known = kept.get(personId);
      if (known && clock.now().getTime() - known.fetchedAtMs < maxAgeMs) return known.keys;
      return await (fetching.get(personId) ?? fetchKeys(personId));
    },
    forget(personId) {
      kept.delete(personId);
      fetching.delete(personId);
    },
  };
}
