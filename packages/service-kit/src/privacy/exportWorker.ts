import {
  type AppId,
  type CloudEvent,
  type EventData,
  type EventType,
  type ExportFailure,
  exportDeadlineMs,
  privacyReplyTopicOf,
} from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { RawSql } from '../database/rawSql.ts';
import { newAuditEvent, newEvent } from '../events/newEvent.ts';
import { asProblemError } from '../http/problemHandler.ts';
import { runInRequestContext, serviceContext } from '../http/requestContext.ts';
import type { Logger } from '../logging/logger.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';
import { type Repetition, repeat } from '../repeat.ts';
import type { DataKeys } from '../security/dataKeys.ts';
import { createPersonBoxes } from '../security/personBox.ts';
import { type ExportPart, ExportTooLarge, exportPartsOf } from './exportParts.ts';
import type { CollectPersonalData } from './personalData.ts';
import type { InPrivacyTransaction } from './privacyTransaction.ts';

/** Gives a service's share of exports (PRIV-3). */
export interface ExportWorker {
  start(): void;
  /** Ends after the part under way; the job is begun anew when there is a worker again. */
  close(): Promise<void>;
}

/** Somebody is waiting; a look costs one read of a table that is nearly always empty. */
const pollMs = 500;
/** Longer than any one part takes. Only of a worker that died does a job come back by this. */
const leaseMs = 30_000;
/** Pause after a failure that may pass, such as of the database. */
const retryMs = 2_000;
/** The table of jobs remembers what was answered for so long, far beyond any repeat of a request. */
const rememberedMs = 24 * 3_600_000;

const claimedRowsSchema = z
  .array(z.object({ export_id: z.string(), user_id: z.string(), run: z.int(), requested_at: z.date() }))
  .max(1);

interface Job {
  readonly exportId: string;
  readonly userId: string;
  readonly run: number;
}

/** Another worker has claimed the job meanwhile, or the person's rows are gone. */
class JobLost extends Error {}

/**
 * Remembers that a share of an export was asked for; the worker gives it. Call it in a transaction or on a pool. A repeat changes nothing.
 */
export async function requestExportShare(
  tx: RawSql,
  request: EventData<'privacy.export_requested.v1'>,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`DELETE FROM export_jobs WHERE requested_at < ${new Date(now.getTime() - rememberedMs)}`;
  await tx.$executeRaw`
    INSERT INTO export_jobs (export_id, user_id, requested_at, due_at)
    VALUES (${request.exportId}, ${request.userId}, ${now}, ${now}) ON CONFLICT DO NOTHING`;
}

/** Forgets the exports of a person, in the transaction of their erasure: a worker at it writes nothing more. Tells how many rows went. */
export function forgetExportShares(tx: RawSql, userId: string): PromiseLike<number> {
  return tx.$executeRaw`DELETE FROM export_jobs WHERE user_id = ${userId}`;
}

/**
 * Works the jobs off, one at a time in all replicas of a service. Each part is a transaction of its own; the last one ends the job. After
 * a crash everything is collected anew as another run, so that no two states of the data are ever mixed.
 */
export function createExportWorker(options: {
  readonly pool: Pool;
  readonly service: AppId;
  readonly inTransaction: InPrivacyTransaction;
  readonly dataKeys: DataKeys;
  readonly collect: CollectPersonalData;
  readonly clock: Clock;
  readonly logger: Logger;
}): ExportWorker {
  const { pool, service, inTransaction, dataKeys, collect, clock, logger } = options;
  const boxes = createPersonBoxes({ dataKeys, scope: privacyReplyTopicOf(service) });
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms);
  let isClosing = false;
  let repetition: Repetition | undefined;

  async function claim(): Promise<Job | null> {
    const now = clock.now();
    const { rows } = await pool.query(
      `UPDATE export_jobs SET run = run + 1, due_at = $1
       WHERE export_id = (
         SELECT export_id FROM export_jobs WHERE done_at IS NULL AND due_at <= $2 AND requested_at > $3
         ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED
       )
       RETURNING export_id, user_id, run, requested_at`,
      [inMs(leaseMs), now, new Date(now.getTime() - exportDeadlineMs)],
    );
    const [row] = claimedRowsSchema.parse(rows);
    return row ? { exportId: row.export_id, userId: row.user_id, run: row.run } : null;
  }

  /** Writes events in a transaction that holds the job, or not at all; an audit entry ends the job. @throws JobLost */
  function write(job: Job, event: CloudEvent, entry: CloudEvent | null): Promise<void> {
    return inTransaction(async ({ tx, record }) => {
      const isDone = entry !== null;
      const held = await tx.$executeRaw`
        UPDATE export_jobs SET due_at = ${inMs(leaseMs)}, done_at = CASE WHEN ${isDone} THEN ${clock.now()}::timestamptz END
        WHERE export_id = ${job.exportId} AND run = ${job.run} AND done_at IS NULL`;
      if (held !== 1) throw new JobLost();
      await addToOutbox(tx, [event]);
      if (entry) await record(entry);
    });
  }

  const reply = <T extends EventType>(job: Job, type: T, data: EventData<T>) =>
    newEvent({ type, subject: job.exportId, source: service, data });

  const auditEntry = ({ exportId }: Job, outcome: { success: boolean; reason?: string; records: number }) =>
    newAuditEvent({
      action: 'person.export',
      category: 'data-access',
      success: outcome.success,
      reason: outcome.reason,
      object: { type: 'export', id: exportId },
      input: { records: outcome.records },
      retentionClass: 'security',
    });

  async function writePart(job: Job, part: ExportPart, records: number): Promise<void> {
    const { exportId, userId } = job;
    const event = reply(job, 'privacy.export_part.v1', { exportId, userId, service, ...part });
    await write(job, event, part.isLast ? auditEntry(job, { success: true, records }) : null);
  }

  async function give(job: Job): Promise<void> {
    const box = await boxes.of(job.userId);
    let records = 0;
    for await (const part of exportPartsOf({ records: collect(job.userId), box, ...job })) {
      if (isClosing) return await comeBack(job, 0);
      records += part.records;
      await writePart(job, part, records);
    }
  }

  async function comeBack(job: Job, afterMs: number): Promise<void> {
    await pool.query('UPDATE export_jobs SET due_at = $3 WHERE export_id = $1 AND run = $2 AND done_at IS NULL', [
      job.exportId,
      job.run,
      inMs(afterMs),
    ]);
  }

  /** Says that there is no share, unless somebody else is at the job by now. */
  async function refuse(job: Job, reason: ExportFailure): Promise<void> {
    const { exportId, userId } = job;
    const event = reply(job, 'privacy.export_failed.v1', { exportId, userId, service, reason });
    const entry = auditEntry(job, { success: false, reason, records: 0 });
    await write(job, event, entry).catch((error: unknown) => {
      if (!(error instanceof JobLost)) throw error;
    });
  }

  async function failed(job: Job, error: unknown): Promise<void> {
    if (error instanceof JobLost) return;
    if (error instanceof ExportTooLarge) return await refuse(job, 'too-large');
    const { code } = asProblemError(error);
    if (code === 'person.erased' || code === 'person.not-found') return await refuse(job, 'erased');
    logger.warn({ err: error, exportId: job.exportId, run: job.run }, 'a share of an export could not be given');
    if (code === 'upstream.unavailable') return await comeBack(job, retryMs);
    await refuse(job, 'unreadable');
  }

  async function workOff(): Promise<void> {
    while (!isClosing) {
      const job = await claim();
      if (!job) return;
      await runInRequestContext(serviceContext(service), () => give(job).catch((error: unknown) => failed(job, error)));
    }
  }

  return {
    start() {
      repetition = repeat({
        work: workOff,
        pauseMs: () => pollMs,
        onError: (error) => logger.warn({ err: error }, 'exports could not be worked on'),
      });
    },
    async close() {
      isClosing = true;
      await repetition?.close();
    },
  };
}
