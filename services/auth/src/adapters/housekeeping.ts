import { type Clock, type Logger, metrics, type Repetition, repeat } from '@todo-chatbot/service-kit';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { retiredLongBefore } from '../domain/signingKeys.ts';

/** Deletes what nobody can need any more. */
export interface Housekeeping {
  start(): void;
  /** One round. Does nothing while another replica is at it. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Names the advisory lock of the one replica that cleans up. */
const housekeepingLockId = 7_305_814_302;
/** Rows age in hours and days. */
const intervalMs = 5 * 60_000;
/** Rows deleted in one statement, to stay far below the statement time-out. */
const batchSize = 1_000;
/** Batches of one kind in one round; the rest waits for the next one. */
const maxBatches = 50;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** As long as the longest memory of the lock-out (AUTH-7). */
const attemptsKeptMs = dayMs;
/** A browser that has not been here for a year is a stranger again. */
const devicesKeptMs = 365 * dayMs;
/** Sessions that ended stay for inquiries about them, and their used tokens to recognise a replay. */
const sessionsKeptMs = 30 * dayMs;
/** A dead key that is still tried is told from a guess for as long as the audit trail speaks of it. */
const apiKeysKeptMs = 365 * dayMs;
/** That there was an export is told for as long as the audit trail speaks of it. */
const exportsKeptMs = 365 * dayMs;

const lockedSchema = z.tuple([z.object({ locked: z.boolean() })]);

/** A deletion of the rows of `table` that `condition` holds for, with `$1` the time before which they are not needed. */
interface Chore {
  readonly table: string;
  readonly condition: string;
  readonly before: (now: Date) => Date;
}

const ago = (ms: number) => (now: Date) => new Date(now.getTime() - ms);
const expired: Pick<Chore, 'condition' | 'before'> = { condition: 'expires_at < $1', before: (now) => now };

/** In the order of their references: tokens before the session that they belong to. */
const chores: readonly Chore[] = [
  { table: 'access_denials', ...expired },
  { table: 'attempt_counters', condition: 'last_attempt_at < $1', before: ago(attemptsKeptMs) },
  { table: 'tickets', ...expired },
  { table: 'email_links', ...expired },
  { table: 'mail_allowances', condition: 'renewed_at < $1', before: (now) => now },
  { table: 'refresh_tokens', condition: 'expires_at < $1', before: ago(sessionsKeptMs) },
  {
    table: 'refresh_tokens',
    condition: 'session_id IN (SELECT id FROM sessions WHERE revoked_at < $1)',
    before: ago(sessionsKeptMs),
  },
  {
    // A session is born with a token: without one it is among those that were cleaned up above.
    table: 'sessions',
    condition:
      'created_at < $1 AND NOT EXISTS (SELECT FROM refresh_tokens WHERE refresh_tokens.session_id = sessions.id)',
    before: ago(sessionsKeptMs),
  },
  { table: 'devices', condition: 'last_used_at < $1', before: ago(devicesKeptMs) },
  { table: 'api_keys', condition: 'least(expires_at, revoked_at) < $1', before: ago(apiKeysKeptMs) },
  { table: 'exports', condition: "state <> 'collecting' AND requested_at < $1", before: ago(exportsKeptMs) },
  { table: 'signing_keys', condition: 'retired_at < $1', before: retiredLongBefore },
];

/** Housekeeping over PostgreSQL: in small batches, in one replica at a time. */
export function createHousekeeping(options: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger: Logger;
}): Housekeeping {
  const { pool, clock, logger } = options;
  let repetition: Repetition | undefined;

  async function run(): Promise<void> {
    const client = await pool.connect();
    // A connection that breaks between two statements raises an event; without a listener it would end the process.
    const onError = () => undefined;
    client.on('error', onError);
    try {
      const answer = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [housekeepingLockId]);
      const [{ locked }] = lockedSchema.parse(answer.rows);
      if (!locked) return;
      for (const chore of chores) {
        await doChore(client, chore, clock.now()).catch((error: unknown) =>
          logger.warn({ err: error, table: chore.table }, 'a chore failed and waits for the next round'),
        );
      }
    } finally {
      // The lock ends with its connection, whatever happened to it. The listener stays: a connection that is torn down may complain.
      client.release(true);
    }
  }

  return {
    start() {
      repetition = repeat({
        work: run,
        pauseMs: () => intervalMs,
        onError: (error) => logger.warn({ err: error }, 'the housekeeping was interrupted'),
      });
    },
    run,
    async close() {
      await repetition?.close();
    },
  };
}

async function doChore(client: PoolClient, { table, condition, before }: Chore, now: Date): Promise<void> {
  const statement = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${batchSize}))`;
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const { rowCount } = await client.query(statement, [before(now)]);
    metrics.counter('housekeeping_deleted_total').add(rowCount ?? 0, { table });
    if ((rowCount ?? 0) < batchSize) return;
  }
}
