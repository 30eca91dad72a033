import { dataKeysSchema } from '@todo-chatbot/contracts';
import { LRUCache } from 'lru-cache';
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

/** Clock that nobody sets, in milliseconds: a step of the machine's clock must not make an old key young. */
const monotonicMs = () => performance.now();

/** Keys of `auth`, by invocation, kept in memory for a minute; several that ask for one person wait for one answer. */
export function remoteDataKeys({
  dapr,
  elapsedMs = monotonicMs,
}: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  /** Milliseconds on a clock that only goes forwards. */
  readonly elapsedMs?: () => number;
}): DataKeys {
  const kept = new LRUCache<string, ScopeKeys>({
    max: maxPeople,
    ttl: maxAgeMs,
    ttlResolution: 0,
    perf: { now: elapsedMs },
    // Also of a person about whom nobody asks again.
    ttlAutopurge: true,
  });
  const fetching = new Map<string, Promise<ScopeKeys>>();

  function fetchKeys(personId: string): Promise<ScopeKeys> {
    const askedAtMs = elapsedMs();
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
        if (isCurrent()) kept.set(personId, keys, { start: askedAtMs });
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
      return kept.get(personId) ?? (await (fetching.get(personId) ?? fetchKeys(personId)));
    },
    forget(personId) {
      kept.delete(personId);
      fetching.delete(personId);
    },
  };
}
