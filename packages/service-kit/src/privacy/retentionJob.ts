import {
  type AppId,
  type CloudEvent,
  type ExpiringClass,
  expiringClasses,
  newId,
  retentionBinding,
  retentionBorder,
  retentionPeriodsSchema,
} from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { Dapr } from '../dapr/dapr.ts';
import { executeRawOf, type RawSql } from '../database/rawSql.ts';
import { createRunAlone } from '../database/runAlone.ts';
import { inTransaction } from '../database/transaction.ts';
import { newAuditEvent } from '../events/newEvent.ts';
import type { Binding } from '../http/binding.ts';
import { asProblemError } from '../http/problemHandler.ts';
import { serviceContext } from '../http/requestContext.ts';
import type { Route } from '../http/route.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';
import type { ExpiringRows } from './expiringRows.ts';
import { type RetentionReports, retentionRoutes } from './retentionRoutes.ts';
import {
  forgetRuns,
  hasEndedSince,
  newestRuns,
  type RunOutcome,
  type RunUnderWay,
  unfinishedRuns,
  writeRun,
} from './retentionRuns.ts';

/** Deletes what a service has kept for its period (PRIV-5). */
export interface RetentionJob extends RetentionReports {
  /** For `createInternalApp`: the sidecar's cron binding starts a run. */
  readonly binding: Binding;
  /** For `createInternalApp`: what is due, and which runs there were. */
  readonly routes: readonly Route[];
  /**
   * One run over every class of the service; does nothing while another replica is at it.
   * @throws ProblemError `upstream.unavailable` when `auth` does not tell the periods: then nothing is deleted.
   */
  run(): Promise<void>;
  /** Ends a run under way after its batch; the next run goes on. */
  close(): Promise<void>;
}

/** How much a run does; what is left waits for the next one. */
export interface RetentionLimits {
  /** Rows of one transaction: some tens of milliseconds, for which nobody waits long. */
  readonly rowsPerBatch: number;
  /** Batches of one class. */
  readonly batchesPerClass: number;
}

const defaultLimits: RetentionLimits = { rowsPerBatch: 500, batchesPerClass: 200 };
/** Names the advisory lock of the one replica that is at it. */
const retentionLockId = 7_305_814_410;
const dayMs = 86_400_000;
/**
 * A run that deletes something is always recorded. One that found nothing, or failed before it deleted anything, only when the last like
 * it is a day old: that shows that the job is alive, and 24 times as many entries would show nothing more.
 */
const idleRecordMs = dayMs;
/** Rows about runs are for people who look after the service; the audit log keeps what they say for ever. */
const runsKeptMs = 365 * dayMs;

/**
 * The job over what is subject to a period, in the given order: of each class, what refers to others comes before them. Each batch is a
 * transaction with what is written down of it; the run's audit entry is in the transaction that ends it. A run whose process died is
 * ended by the next one, which accounts for what it deleted.
 */
export function createRetentionJob(options: {
  readonly service: AppId;
  readonly pool: Pool;
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly expiring: readonly ExpiringRows[];
  /** How the service's audit events are recorded; by the outbox unless it has a way of its own. */
  readonly record?: (tx: RawSql, events: readonly CloudEvent[]) => Promise<unknown>;
  readonly limits?: RetentionLimits;
}): RetentionJob {
  const { service, pool, dapr, clock, logger, expiring, record = addToOutbox, limits = defaultLimits } = options;
  const runAlone = createRunAlone(pool, retentionLockId);
  const classes = expiringClasses.filter((one) => expiring.some(({ retentionClass }) => retentionClass === one));
  let isClosing = false;
  let underWay: Promise<unknown> = Promise.resolve();

  async function end(run: RunUnderWay, outcome: RunOutcome, reason: string | null): Promise<void> {
    const finishedAt = clock.now();
    await inTransaction(pool, async (client) => {
      const since = new Date(finishedAt.getTime() - idleRecordMs);
      const isIdle = Object.keys(run.deleted).length === 0;
      if (isIdle && (await hasEndedSince(client, { class: run.class, outcome, since }))) return;
      const tx = executeRawOf(client);
      await writeRun(tx, run, { outcome, finishedAt });
      await forgetRuns(tx, new Date(finishedAt.getTime() - runsKeptMs));
      await record(tx, [runEvent(service, run, { outcome, reason })]);
    });
    metrics.counter('retention_runs_total').add(1, { class: run.class, outcome });
  }

  /** Goes on until nothing is due or the bound is reached; gives which of both. */
  async function removeDue(
    { class: retentionClass, before }: RunUnderWay,
    write: (tx: RawSql, what: string, removed: number) => Promise<void>,
  ): Promise<RunOutcome> {
    let batches = 0;
    for (const rows of expiring.filter((one) => one.retentionClass === retentionClass)) {
      for (;;) {
        if (isClosing || batches === limits.batchesPerClass) return 'to-be-continued';
        batches += 1;
        const removed = await rows.removeOldest({
          border: before,
          most: limits.rowsPerBatch,
          note: (tx, count) => write(tx, rows.what, count),
        });
        metrics.counter('retention_deleted_total').add(removed, { what: rows.what });
        if (removed < limits.rowsPerBatch) break;
      }
    }
    return 'done';
  }

  async function runClass(retentionClass: ExpiringClass, days: number): Promise<void> {
    const startedAt = clock.now();
    const before = retentionBorder(startedAt, days);
    let run: RunUnderWay = { id: newId('run'), class: retentionClass, days, before, startedAt, deleted: {} };
    try {
      const outcome = await removeDue(run, async (tx, what, removed) => {
        const next = { ...run, deleted: { ...run.deleted, [what]: (run.deleted[what] ?? 0) + removed } };
        await writeRun(tx, next);
        run = next;
      });
      await end(run, outcome, null);
    } catch (error) {
      logger.error({ err: error, retentionClass }, 'what is over its period could not be deleted');
      const written = (await unfinishedRuns(pool)).find(({ id }) => id === run.id);
      await end(written ?? { ...run, deleted: {} }, 'failed', asProblemError(error).code);
    }
  }

  async function periods(): Promise<ReadonlyMap<string, number | null>> {
    try {
      const request = { appId: 'auth', method: 'GET', path: '/v1/retention-periods' } as const;
      const { body } = await dapr.invoke({ ...request, responseSchema: retentionPeriodsSchema });
      return new Map(body.items.map((period) => [period.class, period.days]));
    } catch (error) {
      metrics.counter('retention_periods_unknown_total').add(1);
      logger.warn({ err: error }, 'the periods of retention are not known, so nothing is deleted');
      throw error;
    }
  }

  async function runAll(): Promise<void> {
    const daysOf = await periods();
    for (const left of await unfinishedRuns(pool)) await end(left, 'interrupted', 'interrupted');
    for (const retentionClass of classes) {
      const days = daysOf.get(retentionClass);
      if (isClosing || days === undefined || days === null) continue;
      try {
        await runClass(retentionClass, days);
      } catch (error) {
        // The database does not answer: the row that its batches left is ended by the next run, and the other classes have their turn.
        logger.error({ err: error, retentionClass }, 'a run of the retention could not be ended');
      }
    }
  }

  const job = {
    async run() {
      const running = runAlone(runAll);
      underWay = running.catch(() => undefined);
      await running;
    },
    due: (retentionClass: ExpiringClass, days: number) => {
      const border = retentionBorder(clock.now(), days);
      const ofClass = expiring.filter((rows) => rows.retentionClass === retentionClass);
      return Promise.all(ofClass.map((rows) => rows.due(border)));
    },
    runs: () => newestRuns(pool, service),
    async close() {
      isClosing = true;
      await underWay;
    },
  };
  return { ...job, binding: { name: retentionBinding.name, handle: job.run }, routes: retentionRoutes(job) };
}

/** What a run says of itself in the audit log, for ever: numbers, and nothing of anybody. */
function runEvent(
  service: AppId,
  run: RunUnderWay,
  { outcome, reason }: { readonly outcome: RunOutcome; readonly reason: string | null },
): CloudEvent {
  return newAuditEvent({
    context: serviceContext(service),
    action: 'retention.run',
    category: 'data-change',
    success: reason === null,
    reason,
    object: { type: 'retention-run', id: run.id },
    input: {
      class: run.class,
      days: run.days,
      before: run.before.toISOString(),
      outcome,
      ...Object.fromEntries(Object.entries(run.deleted).map(([what, count]) => [`deleted.${what}`, count])),
    },
    retentionClass: 'administration',
  });
}
