import type { GuardrailDirection, GuardrailVerdict } from '@todo-chatbot/contracts';
import { type Clock, type Logger, metrics, type Repetition, repeat } from '@todo-chatbot/service-kit';
import { hundredthsOf } from '../domain/scores.ts';
import type { ScoreCount, ScoreStore } from '../ports/scoreStore.ts';

/** Counts scores in memory and adds them to the store now and then. */
export interface ScoreCounter {
  count(judged: {
    readonly direction: GuardrailDirection;
    readonly verdict: GuardrailVerdict;
    readonly score: number;
  }): void;
  /** Counts a text that the model on trial judged as well. */
  countShadow(isDisagreeing: boolean): void;
  /** Adds what was counted to the store; when that fails it is kept for the next time. */
  flush(): Promise<void>;
  start(): void;
  /** Flushes for the last time. */
  close(): Promise<void>;
}

/** What a killed process loses of counts that are statistics. */
const flushIntervalMs = 10_000;
/** Counts are kept this long. */
const keptMs = 90 * 86_400_000;
const hourMs = 3_600_000;
/** Hour, direction, hundredth and verdict: an hour has some thousands at the very most; a day without a database is lost beyond. */
const mostKept = 20_000;

/** The counter; `shadowVersion` null: no model is on trial. */
export function createScoreCounter(options: {
  readonly store: Pick<ScoreStore, 'add' | 'forget'>;
  readonly shadowVersion: string | null;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}): ScoreCounter {
  const { store, shadowVersion, clock, logger } = options;
  let counts = new Map<string, ScoreCount>();
  let shadow = { judged: 0, disagreed: 0 };
  let forgottenAtMs = Number.NEGATIVE_INFINITY;
  let flushing: Repetition | undefined;

  function add({ count, ...one }: ScoreCount): void {
    const key = `${one.hour.getTime()} ${one.direction} ${one.hundredths} ${one.verdict}`;
    const known = counts.get(key);
    if (known === undefined && counts.size >= mostKept) {
      metrics.counter('guardrail_score_counts_lost_total').add(count);
      return;
    }
    counts.set(key, { ...one, count: (known?.count ?? 0) + count });
  }

  function addShadow(more: typeof shadow): void {
    shadow = { judged: shadow.judged + more.judged, disagreed: shadow.disagreed + more.disagreed };
  }

  async function flush(): Promise<void> {
    const [taken, takenShadow] = [[...counts.values()], shadow];
    counts = new Map();
    shadow = { judged: 0, disagreed: 0 };
    if (taken.length === 0 && takenShadow.judged === 0) return;
    try {
      const ofModel = shadowVersion === null ? null : { modelVersion: shadowVersion, ...takenShadow };
      await store.add(taken, ofModel);
    } catch (error) {
      for (const one of taken) add(one);
      addShadow(takenShadow);
      throw error;
    }
  }

  async function forgetOld(): Promise<void> {
    const nowMs = clock.now().getTime();
    if (nowMs - forgottenAtMs < hourMs) return;
    await store.forget(new Date(nowMs - keptMs));
    forgottenAtMs = nowMs;
  }

  const onError = (error: unknown) => logger.warn({ err: error }, 'counts of scores could not be kept');

  return {
    count({ direction, verdict, score }) {
      const nowMs = clock.now().getTime();
      const hour = new Date(nowMs - (nowMs % hourMs));
      add({ hour, direction, hundredths: hundredthsOf(score), verdict, count: 1 });
    },
    countShadow: (isDisagreeing) => addShadow({ judged: 1, disagreed: isDisagreeing ? 1 : 0 }),
    flush,
    start() {
      const work = async () => {
        await flush();
        await forgetOld();
      };
      flushing = repeat({ work, pauseMs: () => flushIntervalMs, onError, pausesFirst: true });
    },
    async close() {
      await flushing?.close();
      await flush().catch(onError);
    },
  };
}
