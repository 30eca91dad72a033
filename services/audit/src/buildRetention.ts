import { type RetentionClass, retentionClassSchema } from '@todo-chatbot/contracts';
import { type Clock, type Logger, metrics, type Repetition, repeat } from '@todo-chatbot/service-kit';
import type { LogWriter } from './commands/logWriter.ts';
import { bodiesPerRun, createRemoveExpiredBodies } from './commands/removeExpiredBodies.ts';

/** Periods are counted in days, so nobody misses what an hour more makes. */
const roundIntervalMs = 60 * 60 * 1000;
/** Replicas that started together should not all come at once; the writer's lock makes them wait for one another. */
const jitterMs = 10 * 60 * 1000;
/** Runs of one class in a round: a backlog of millions is worked off over some rounds, with the log free in between. */
const maxRunsPerRound = 100;

/** The housekeeping that removes expired bodies (PRIV-5). */
export interface Retention {
  /** Begins with a round at once. */
  start(): void;
  /** Ends it after the round under way. */
  close(): Promise<void>;
  /** One round: everything that is due, up to a bound. Gives how many bodies went. */
  removeDue(): Promise<number>;
}

/**
 * The composition root's part for the retention of bodies.
 * @param parts.periodDays for each class; null is kept for ever.
 */
export function buildRetention(parts: {
  readonly writer: LogWriter;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly periodDays: Readonly<Record<RetentionClass, number | null>>;
}): Retention {
  const { writer, clock, logger, periodDays } = parts;
  const removeExpiredBodies = createRemoveExpiredBodies({ writer, clock });
  let repetition: Repetition | undefined;
  let isClosing = false;

  async function removeDueOf(retentionClass: RetentionClass, days: number): Promise<number> {
    let removed = 0;
    for (let run = 0; run < maxRunsPerRound && !isClosing; run += 1) {
      const count = await removeExpiredBodies({ retentionClass, periodDays: days });
      removed += count;
      if (count < bodiesPerRun) break;
    }
    return removed;
  }

  /** One class that fails does not keep the others from their turn. */
  async function removeDue(): Promise<number> {
    let removed = 0;
    for (const retentionClass of retentionClassSchema.options) {
      const days = periodDays[retentionClass];
      if (days === null) continue;
      try {
        removed += await removeDueOf(retentionClass, days);
      } catch (error) {
        metrics.counter('audit_retention_failures_total').add(1, { class: retentionClass });
        logger.error({ err: error, retentionClass }, 'expired bodies could not be removed');
      }
    }
    if (removed > 0) logger.info({ removed }, 'removed expired bodies');
    return removed;
  }

  return {
    removeDue,
    start() {
      repetition ??= repeat({
        work: async () => {
          await removeDue();
        },
        pauseMs: () => roundIntervalMs + Math.random() * jitterMs,
        onError: (error) => logger.error({ err: error }, 'the round of the retention failed'),
      });
    },
    async close() {
      isClosing = true;
      await repetition?.close();
    },
  };
}
