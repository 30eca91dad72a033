import { randomBytes } from 'node:crypto';
import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { type Denial, denialsSchema } from '@todo-chatbot/contracts';
import type { Clock } from '../clock.ts';
import type { Dapr } from '../dapr/dapr.ts';
import type { EventHandlers } from '../events/subscription.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import { ProblemError } from '../problem.ts';
import { type Repetition, repeat } from '../repeat.ts';
import type { AccessDenials } from './tokenVerifier.ts';

/** How a denial came to be known. */
export type DenialSource = 'event' | 'poll';

/** Access tokens that are refused before they expire (AUTH-11), in memory. */
export interface DenySet extends AccessDenials {
  /** Asks `auth` for the denials in force, and keeps asking. Returns after the first try, however that went. */
  start(): Promise<void>;
  /** True once `auth` has answered in full: until then nobody is let in. */
  isLoaded(): boolean;
  /** Remembers a denial. Repeats and any order are harmless: a denial is never weakened by another one. */
  add(denial: Denial, source: DenialSource): void;
  close(): Promise<void>;
}

/** Whoever lost Kafka learns of a denial within this time (AUTH-11: one second). */
const pollIntervalMs = 1_000;
/** The share of the interval that is chance, so that services and replicas do not ask in step. It only ever makes it shorter. */
const jitter = 0.1;
/** Until the first answer nobody is let in, so it is asked for more often. */
const firstPollIntervalMs = 200;
/** `auth` answers from an index within milliseconds. Several tries fit into {@link maxSilenceMs}. */
const pollTimeoutMs = 2_000;
/** Whoever has not heard from `auth` for this long knows nothing. */
const maxSilenceMs = 10_000;
/**
 * Denials kept, some 40 MB. Each lives half an hour and costs its maker a sign-in: a password, of which `auth` hashes few a second, or
 * a passkey, which the gateway limits by address. A tenth of this is a very bad day.
 */
const maxDenials = 200_000;
/** Share of {@link maxDenials} that has to be free before an overfull set is read anew. */
const roomToReload = 0.1;

/** Clock that nobody sets, in milliseconds: a step of the machine's clock must not make old news young. */
const monotonicMs = () => performance.now();

interface Known {
  readonly minimumVersion: number;
  readonly expiresAtMs: number;
}

/** Deny-set in memory, fed by {@link accessDenialHandlers} and by asking `auth`. */
export function createDenySet(options: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of each person whose tokens were outdated: what is remembered of them may be, too. */
  readonly onUserDenied?: (userId: string) => void;
  /** Milliseconds on a clock that only goes forwards. */
  readonly elapsedMs?: () => number;
  /** For tests of the limit. */
  readonly limit?: number;
}): DenySet {
  const { dapr, clock, logger, onUserDenied, elapsedMs = monotonicMs, limit = maxDenials } = options;
  const known = new Map<string, Known>();
  let cursor: string | undefined;
  /** When the last complete answer was asked for: what it says is as old as that. */
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  /** Something was denied and could not be kept: whatever is not known here may be denied. */
  let isOverfull = false;
  let polling: Repetition | undefined;
  let stopGauges: (() => void)[] = [];

  const isLoaded = () => answeredAtMs !== Number.NEGATIVE_INFINITY;
  const silenceMs = () => elapsedMs() - answeredAtMs;

  function add(denial: Denial, source: DenialSource): void {
    const key = `${denial.kind} ${denial.id}`;
    const expiresAtMs = Date.parse(denial.expiresAt);
    if (expiresAtMs <= clock.now().getTime()) return;
    const earlier = known.get(key);
    if (!earlier && known.size >= limit) {
      overflow();
      return;
    }
    const minimumVersion = denial.kind === 'user' ? denial.minimumVersion : 0;
    if (earlier && earlier.minimumVersion >= minimumVersion && earlier.expiresAtMs >= expiresAtMs) return;
    known.set(key, {
      minimumVersion: Math.max(minimumVersion, earlier?.minimumVersion ?? 0),
      expiresAtMs: Math.max(expiresAtMs, earlier?.expiresAtMs ?? 0),
    });
    if (denial.kind === 'user') onUserDenied?.(denial.id);
    metrics.counter('denials_learnt_total').add(1, { source, kind: denial.kind });
  }

  function overflow(): void {
    if (!isOverfull) logger.error({ limit }, 'there are too many denials to keep: nobody is let in until some expire');
    isOverfull = true;
  }

  function forgetExpired(): void {
    const now = clock.now().getTime();
    for (const [key, { expiresAtMs }] of known) {
      if (expiresAtMs <= now) known.delete(key);
    }
  }

  /** Reads all that is new, page by page. The cursor moves with each page, so that a try that fails half-way is not lost. */
  async function readNews(): Promise<void> {
    const askedAtMs = elapsedMs();
    forgetExpired();
    if (isOverfull) {
      if (known.size > limit * (1 - roomToReload)) return;
      // What could not be kept is read again, all of it.
      isOverfull = false;
      cursor = undefined;
      answeredAtMs = Number.NEGATIVE_INFINITY;
    }
    for (let isComplete = false; !isComplete && !isOverfull; ) {
      const { body } = await dapr.invoke({
        appId: 'auth',
        method: 'GET',
        path: '/v1/denials',
        query: { since: cursor },
        timeoutMs: pollTimeoutMs,
        headers: { traceparent: unsampledTraceparent() },
        responseSchema: denialsSchema,
      });
      for (const denial of body.items) add(denial, 'poll');
      cursor = body.next;
      isComplete = body.isComplete;
    }
    if (!isOverfull) answeredAtMs = askedAtMs;
  }

  /** A question that is asked every second by everybody would drown the traces of people's requests. */
  const poll = () => context.with(suppressTracing(context.active()), readNews);

  function pauseMs(): number {
    const interval = isLoaded() ? pollIntervalMs : firstPollIntervalMs;
    return interval * (1 - jitter * Math.random());
  }

  return {
    async start() {
      stopGauges = [
        metrics.gauge('denials_held', () => known.size),
        metrics.gauge('denials_age_seconds', () => (isLoaded() ? silenceMs() / 1_000 : -1)),
        metrics.gauge('denials_overfull', () => (isOverfull ? 1 : 0)),
      ];
      const first = Promise.withResolvers<void>();
      polling = repeat({
        work: () => poll().finally(first.resolve),
        pauseMs,
        onError: (error) => logger.warn({ err: error }, 'auth could not be asked for denials'),
      });
      await first.promise;
    },
    isLoaded,
    add,
    denies({ userId, sessionId, accessVersion, keyId }) {
      if (isOverfull || silenceMs() > maxSilenceMs) throw new ProblemError('upstream.unavailable');
      const minimumVersion = known.get(`user ${userId}`)?.minimumVersion ?? 0;
      return accessVersion < minimumVersion || known.has(`session ${sessionId}`) || known.has(`key ${keyId}`);
    },
    async close() {
      await polling?.close();
      for (const stop of stopGauges) stop();
    },
  };
}

/** What `auth` says of denials over Kafka. It needs no inbox: a repeat changes nothing. */
export function accessDenialHandlers(denySet: Pick<DenySet, 'add'>): EventHandlers {
  const learn = (denial: Denial) => {
    denySet.add(denial, 'event');
    return 'success' as const;
  };
  return {
    'auth.session_revoked.v1': async ({ data }) =>
      learn({ kind: 'session', id: data.sessionId, expiresAt: data.accessTokensExpireAt }),
    'auth.access_changed.v1': async ({ data }) =>
      learn({
        kind: 'user',
        id: data.userId,
        minimumVersion: data.minimumVersion,
        expiresAt: data.accessTokensExpireAt,
      }),
    'auth.signing_key_revoked.v1': async ({ data }) =>
      learn({ kind: 'key', id: data.keyId, expiresAt: data.accessTokensExpireAt }),
  };
}

/** W3C trace context with the sampled flag 0, which the sidecars heed: without one they would begin a trace themselves. */
function unsampledTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}
