import {
  type AppId,
  type ExpiringClass,
  mostRetentionRuns,
  type RetentionRun,
  retentionRunSchema,
} from '@todo-chatbot/contracts';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { RawSql } from '../database/rawSql.ts';

/** A run under way, as its batches write it down. */
export interface RunUnderWay {
  readonly id: string;
  readonly class: ExpiringClass;
  readonly days: number;
  readonly before: Date;
  readonly startedAt: Date;
  /** How many rows went so far, by what they were. */
  readonly deleted: Readonly<Record<string, number>>;
}

/** How a run can end. */
export type RunOutcome = Exclude<RetentionRun['outcome'], 'running'>;

/** Another replica has closed the run, because ours had lost its lock: what the transaction did must not stay. */
class RunLost extends Error {
  override readonly name = 'RunLost';
}

const runSchema = z
  .object({
    id: z.string(),
    class: retentionRunSchema.shape.class,
    days: z.number(),
    before: z.date(),
    deleted: z.record(z.string(), z.number()),
    started_at: z.date(),
    finished_at: z.date().nullable(),
    outcome: retentionRunSchema.shape.outcome,
  })
  .transform(({ started_at, finished_at, ...run }) => ({ ...run, startedAt: started_at, finishedAt: finished_at }));
const columns = 'id, class, days, before, deleted, started_at, finished_at, outcome';

/**
 * Writes down how far a run is, in the transaction of the batch; `outcome` ends it.
 * @throws RunLost
 */
export async function writeRun(
  tx: RawSql,
  run: RunUnderWay,
  end: { readonly outcome: RunOutcome; readonly finishedAt: Date } | null = null,
): Promise<void> {
  const written = await tx.$executeRaw`
    INSERT INTO retention_runs AS run (id, class, days, before, deleted, started_at, finished_at, outcome)
    VALUES (${run.id}, ${run.class}, ${run.days}, ${run.before}, ${JSON.stringify(run.deleted)}::jsonb, ${run.startedAt},
            ${end?.finishedAt ?? null}, ${end?.outcome ?? 'running'})
    ON CONFLICT (id) DO UPDATE SET
      deleted = excluded.deleted, finished_at = excluded.finished_at, outcome = excluded.outcome
      WHERE run.outcome = 'running'`;
  if (written === 0) throw new RunLost('another replica has closed this run');
}

/** Runs that nobody is at any more. Only for whoever holds the lock of the job. */
export async function unfinishedRuns(pool: Pool): Promise<readonly RunUnderWay[]> {
  const { rows } = await pool.query(`SELECT ${columns} FROM retention_runs WHERE outcome = 'running' LIMIT 100`);
  return z.array(runSchema).parse(rows);
}

/** True when a run over the class ended like that since the given time. */
export async function hasEndedSince(
  client: Pick<PoolClient, 'query'>,
  run: { readonly class: ExpiringClass; readonly outcome: RunOutcome; readonly since: Date },
): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM retention_runs WHERE class = $1 AND outcome = $2 AND finished_at > $3 AND started_at > $4 LIMIT 1',
    // No run takes a day: by its start, which has an index, one day earlier is looked at.
    [run.class, run.outcome, run.since, new Date(run.since.getTime() - dayMs)],
  );
  return rowCount === 1;
}

const dayMs = 86_400_000;

/** Forgets the runs that started before. */
export async function forgetRuns(tx: RawSql, before: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM retention_runs WHERE started_at < ${before}`;
}

/** The newest runs, newest first. */
export async function newestRuns(pool: Pool, service: AppId): Promise<RetentionRun[]> {
  const { rows } = await pool.query(
    `SELECT ${columns} FROM retention_runs ORDER BY started_at DESC, id DESC LIMIT ${mostRetentionRuns}`,
  );
  return z
    .array(runSchema)
    .parse(rows)
    .map(({ before, startedAt, finishedAt, deleted, ...run }) => ({
      ...run,
      service,
      before: before.toISOString(),
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
      deleted: Object.entries(deleted).map(([what, count]) => ({ what, count })),
    }));
}
