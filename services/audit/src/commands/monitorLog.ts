import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, type Logger, metrics } from '@todo-chatbot/service-kit';
import type { MonitorStore } from '../ports/monitorStore.ts';
import type { OpenUserAgents } from '../queries/openUserAgents.ts';
import { judgeEvents } from './judgeEvents.ts';

/** Entries of one transaction: few enough to be done long before its time-out, many enough to share the cost of a commit. */
const entriesPerRound = 500;
/** Finds what another replica appended, and goes on after one that ended. */
const pollMs = 1_000;
/** Entries gather for so long before a round, so that watching a busy log costs it little. */
const gatherMs = 100;
/** Counting open alerts takes a query. */
const figuresIntervalMs = 5_000;
/** What rules remember ages in hours and days. */
const forgetIntervalMs = 600_000;

/** Watches the log. */
export interface Monitor {
  start(): void;
  /** Tells that there are new entries. */
  wake(): void;
  /** Goes over all entries that wait, unless another replica does; answers how many it saw. */
  catchUp(): Promise<number>;
  /** Ends after the round under way. */
  close(): Promise<void>;
}

/**
 * The monitor holds new entries against the rules. A round reads a bounded number of entries, and what it concludes, together with
 * how far it came, is one transaction: after a crash at any point the next round starts where nothing was concluded yet.
 */
export function createMonitor(options: {
  readonly store: MonitorStore;
  readonly openUserAgents: OpenUserAgents;
  readonly clock: Clock;
  readonly logger: Logger;
}): Monitor {
  const { store, openUserAgents, clock, logger } = options;
  let figures = { openAlerts: 0, lagEntries: 0 };
  let measuredAt = Number.NEGATIVE_INFINITY;
  let forgottenAt = Number.NEGATIVE_INFINITY;
  const closing = new AbortController();
  let news = Promise.withResolvers<void>();
  let running: Promise<void> = Promise.resolve();
  let stopGauges: (() => void)[] = [];

  /** @returns how many entries it saw; none when another replica is at it. */
  async function round(): Promise<number> {
    const from = await store.position();
    const page = await store.eventsFrom(from, entriesPerRound);
    const { next } = page;
    if (next === from) return 0;
    // Before the transaction, which must not wait for keys.
    const events = await openUserAgents(page.events);
    const done = await store.ifFree(async (transaction) => {
      // Another replica has been here meanwhile.
      if ((await transaction.position()) !== from) return undefined;
      const outcome = await judgeEvents(transaction, events);
      await transaction.save(outcome);
      await transaction.moveTo(next);
      return { seen: next - from, raised: outcome.raised };
    });
    for (const { ruleId: rule, severity } of done?.raised ?? []) {
      metrics.counter('alerts_raised_total').add(1, { rule, severity });
    }
    return done?.seen ?? 0;
  }

  async function catchUp(): Promise<number> {
    let total = 0;
    let seen = entriesPerRound;
    while (seen === entriesPerRound && !closing.signal.aborted) {
      seen = await round();
      total += seen;
    }
    return total;
  }

  async function housekeeping(): Promise<void> {
    const now = clock.now().getTime();
    if (now - measuredAt >= figuresIntervalMs) {
      measuredAt = now;
      figures = await store.figures();
    }
    if (now - forgottenAt >= forgetIntervalMs) {
      forgottenAt = now;
      await store.ifFree(async (transaction) => transaction.forget(await transaction.rules()));
    }
  }

  function pause(ms: number): Promise<void> {
    return delay(ms, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      // Taken before the look into the log: what is appended after the look ends the wait.
      const nextNews = news.promise;
      try {
        await catchUp();
        await housekeeping();
      } catch (error) {
        logger.warn({ err: error }, 'the monitoring of the log was interrupted and starts again');
        await pause(pollMs);
      }
      await Promise.race([nextNews, pause(pollMs)]);
      await pause(gatherMs);
    }
  }

  return {
    start() {
      stopGauges = [
        metrics.gauge('alerts_open', () => figures.openAlerts),
        metrics.gauge('monitor_lag_entries', () => figures.lagEntries),
      ];
      running = run();
    },
    wake() {
      news.resolve();
      news = Promise.withResolvers();
    },
    catchUp,
    async close() {
      closing.abort();
      await running;
      for (const stop of stopGauges) stop();
    },
  };
}
