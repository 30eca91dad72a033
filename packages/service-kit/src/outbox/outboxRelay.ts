import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { type AppId, type CloudEvent, cloudEventSchema } from '@todo-chatbot/contracts';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { Dapr } from '../dapr/dapr.ts';
import { executeRawOf } from '../database/rawSql.ts';
import { newEvent } from '../events/newEvent.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import { addToOutbox } from './addToOutbox.ts';

/** Publishes what transactions left in the outbox. */
export interface OutboxRelay {
  start(): Promise<void>;
  /** Ends after the publishes under way; what is not yet published stays in the outbox. */
  close(): Promise<void>;
}

/** Names the relay's advisory lock; one database has one outbox. */
const relayLockId = 7_305_814_226;
/** Rows read at a time: bounds memory, and how much a crash publishes a second time. */
const batchSize = 200;
/** Subjects published side by side. */
const parallelSubjects = 16;
/** Catches what a lost notification missed, and is the standby's interval for the lock. */
const pollIntervalMs = 1_000;
/** First and longest pause of a subject that could not be published. */
const firstBackoffMs = 200;
const maxBackoffMs = 30_000;
/** Subjects in back-off are left out of the batch; beyond this many the broker is down for all, and all pause. */
const maxPausedSubjects = 500;
/** Metrics are read from the table no more often than this. */
const measureIntervalMs = 5_000;
/** Four fit into the time after which a service counts as silent. */
const defaultHeartbeatIntervalMs = 30_000;
/** Counting stops here: more is more. */
const maxCountedRows = 100_000;
/** Clean-up of what nobody can need any more. */
const cleanUpIntervalMs = 3_600_000;
/** Rows deleted in one statement, to stay far below the statement time-out. */
const cleanUpBatch = 5_000;
/** Batches in one clean-up; the rest waits for the next hour. */
const maxCleanUpBatches = 20;

const rowsSchema = z.array(
  z.object({ seq: z.string(), topic: z.string(), subject: z.string(), event: cloudEventSchema }),
);
type OutboxRow = z.infer<typeof rowsSchema>[number];

interface Pause {
  readonly failures: number;
  readonly until: number;
}

/**
 * Relay from the outbox to the broker. Of all replicas one works at a time, by a session-level advisory lock. Rows are deleted by
 * id after the broker's acknowledgement: an event may be published twice, never not at all. Within a topic and subject the order
 * of `seq` is kept: a subject stops at its first failure.
 */
export function createOutboxRelay(options: {
  readonly pool: Pool;
  readonly dapr: Pick<Dapr, 'publish'>;
  readonly logger: Logger;
  /** The service whose audit events go this way: it sends a heartbeat along, so that silence is seen (OBS-3). Absent: none. */
  readonly heartbeatOf?: AppId;
  /** For tests. */
  readonly heartbeatIntervalMs?: number;
}): OutboxRelay {
  const { pool, dapr, logger, heartbeatOf, heartbeatIntervalMs = defaultHeartbeatIntervalMs } = options;
  const paused = new Map<string, Pause>();
  const measured = { pending: 0, lagSeconds: 0 };
  let closing = false;
  let wake: () => void = () => undefined;
  let woken = false;
  let finished: Promise<void> = Promise.resolve();
  let stopGauges: (() => void)[] = [];
  let measuredAt = 0;
  let cleanedAt = 0;
  // Whoever starts again and again without coming to publish is silent.
  let beatAt = Date.now();

  function notify(): void {
    woken = true;
    wake();
  }

  /** Waits for news or the time-out. News that came since the last wait ends it at once. */
  async function waitForNews(timeoutMs: number): Promise<void> {
    if (!woken && !closing) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    woken = false;
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!closing) {
      try {
        await serve();
        failures = 0;
      } catch (error) {
        failures += 1;
        logger.warn({ err: error, failures }, 'the outbox relay was interrupted and starts again');
        await waitForNews(backoffMs(failures));
      }
    }
  }

  /** One database session: waits for the lock, then relays until the end or until the connection breaks. */
  async function serve(): Promise<void> {
    const client = await pool.connect();
    const session: Session = { client, lost: undefined };
    client.on('error', (error) => {
      session.lost = error;
      notify();
    });
    client.on('notification', notify);
    try {
      while (!closing && !(await tryLock(client))) await waitForNews(pollIntervalMs);
      if (closing) return;
      await client.query('LISTEN outbox');
      logger.info('the outbox relay has taken the lead');
      while (!closing && !session.lost) {
        const published = await relayBatch(session);
        await housekeeping(session.client);
        if (published < batchSize) await waitForNews(nextPauseMs());
      }
      if (session.lost) throw session.lost;
    } finally {
      measured.pending = 0;
      measured.lagSeconds = 0;
      client.off('notification', notify);
      // The session ends with its connection, and with it the lock and the LISTEN. The error listener stays: a connection that is
      // torn down may still complain, and without a listener that would end the process.
      client.release(true);
    }
  }

  /** @returns how many rows were published. */
  async function relayBatch(session: Session): Promise<number> {
    const now = Date.now();
    const waiting = [...paused].filter(([, pause]) => pause.until > now).map(([key]) => key);
    if (waiting.length >= maxPausedSubjects) return 0;
    const result = await session.client.query(
      `SELECT seq, topic, subject, event FROM outbox WHERE topic || ' ' || subject <> ALL($1::text[]) ORDER BY seq LIMIT $2`,
      [waiting, batchSize],
    );
    const rows = rowsSchema.parse(result.rows);
    const bySubject = Map.groupBy(rows, keyOf);
    if (rows.length < batchSize) forgetPausesWithoutRows(bySubject, now);
    const groups = [...bySubject.values()];
    const done: string[] = [];
    const workers = Array.from({ length: Math.min(parallelSubjects, groups.length) }, async () => {
      for (let group = groups.pop(); group; group = groups.pop()) await publishInOrder(session, group, done);
    });
    await Promise.all(workers);
    if (done.length > 0) await session.client.query('DELETE FROM outbox WHERE seq = ANY($1::bigint[])', [done]);
    return done.length;
  }

  async function publishInOrder(session: Session, group: readonly OutboxRow[], done: string[]): Promise<void> {
    for (const row of group) {
      // Without the session there is no lock: another relay may be at work on the same subject.
      if (closing || session.lost) return;
      try {
        await publishTraced(dapr, row.topic, row.event);
        done.push(row.seq);
        paused.delete(keyOf(row));
        metrics.counter('outbox_published_total').add(1, { topic: row.topic });
      } catch (error) {
        const failures = (paused.get(keyOf(row))?.failures ?? 0) + 1;
        paused.set(keyOf(row), { failures, until: Date.now() + backoffMs(failures) });
        metrics.counter('outbox_failures_total').add(1, { topic: row.topic });
        logger.warn(
          { err: error, topic: row.topic, eventId: row.event.id, failures },
          'an event could not be published',
        );
        return;
      }
    }
  }

  /** A subject whose rows somebody else removed must not be waited for. Call it when all rows have been seen. */
  function forgetPausesWithoutRows(seen: ReadonlyMap<string, unknown>, now: number): void {
    for (const [key, pause] of paused) {
      if (pause.until <= now && !seen.has(key)) paused.delete(key);
    }
  }

  /** Time until the poll or until the first paused subject may be tried again, whichever is sooner. */
  function nextPauseMs(): number {
    const now = Date.now();
    const first = Math.min(...[...paused.values()].map((pause) => pause.until - now));
    return Math.max(0, Math.min(pollIntervalMs, first));
  }

  async function housekeeping(client: PoolClient): Promise<void> {
    const now = Date.now();
    if (now - measuredAt >= measureIntervalMs) {
      measuredAt = now;
      Object.assign(measured, await measure(client));
    }
    if (now - cleanedAt >= cleanUpIntervalMs) {
      cleanedAt = now;
      await cleanUp(client);
    }
    if (heartbeatOf !== undefined && now - beatAt >= heartbeatIntervalMs) {
      beatAt = now;
      await addHeartbeat(client, heartbeatOf);
    }
  }

  return {
    async start() {
      stopGauges = [
        metrics.gauge('outbox_pending', () => measured.pending),
        metrics.gauge('outbox_lag_seconds', () => measured.lagSeconds),
      ];
      finished = run();
    },
    async close() {
      closing = true;
      notify();
      await finished;
      for (const stop of stopGauges) stop();
    },
  };
}

interface Session {
  readonly client: PoolClient;
  lost: Error | undefined;
}

function keyOf(row: Pick<OutboxRow, 'topic' | 'subject'>): string {
  return `${row.topic} ${row.subject}`;
}

/** Doubles with each failure up to a limit; half of it is chance, so that replicas and subjects do not march in step. */
function backoffMs(failures: number): number {
  const ceiling = Math.min(maxBackoffMs, firstBackoffMs * 2 ** Math.min(failures - 1, 20));
  return ceiling / 2 + Math.random() * (ceiling / 2);
}

async function tryLock(client: PoolClient): Promise<boolean> {
  const result = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [relayLockId]);
  return z.array(z.object({ locked: z.boolean() })).parse(result.rows)[0]?.locked ?? false;
}

/** Publishes within the trace in which the event was made, so that the trace goes on at the consumer. */
async function publishTraced(dapr: Pick<Dapr, 'publish'>, topic: string, event: CloudEvent): Promise<void> {
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent: event.traceparent, tracestate: event.tracestate });
  const span = trace.getTracer('service-kit').startSpan(
    'outbox.publish',
    {
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.destination.name': topic, 'messaging.message.id': event.id },
    },
    parent,
  );
  try {
    await context.with(trace.setSpan(parent, span), () => dapr.publish({ topic, event }));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

async function measure(client: PoolClient): Promise<{ pending: number; lagSeconds: number }> {
  const result = await client.query(
    `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM outbox LIMIT $1) AS counted) AS pending,
       coalesce((SELECT extract(epoch FROM now() - created_at)::float8 FROM outbox ORDER BY seq LIMIT 1), 0) AS "lagSeconds"`,
    [maxCountedRows],
  );
  const [first = { pending: 0, lagSeconds: 0 }] = z
    .array(z.object({ pending: z.number(), lagSeconds: z.number() }))
    .parse(result.rows);
  return first;
}

/** None is added while one waits: when the broker is down, they must not pile up. Only the leader calls this. */
async function addHeartbeat(client: PoolClient, service: AppId): Promise<void> {
  const heartbeat = newEvent({ type: 'audit.heartbeat.v1', subject: service, source: service, data: { service } });
  const { rowCount } = await client.query("SELECT FROM outbox WHERE subject = $1 AND event->>'type' = $2 LIMIT 1", [
    service,
    heartbeat.type,
  ]);
  if (rowCount === 0) await addToOutbox(executeRawOf(client), [heartbeat]);
}

/**
 * Inbox rows older than any redelivery can be (topics keep 7 days), and answers kept for repeats: clients repeat a request within
 * seconds, so a day is ample, and answers hold personal data (PRIV-5).
 */
async function cleanUp(client: PoolClient): Promise<void> {
  const statements = [
    `DELETE FROM inbox WHERE ctid = ANY(ARRAY(SELECT ctid FROM inbox WHERE received_at < now() - interval '14 days' LIMIT ${cleanUpBatch}))`,
    `DELETE FROM idempotent_requests WHERE ctid = ANY(ARRAY(SELECT ctid FROM idempotent_requests WHERE created_at < now() - interval '1 day' LIMIT ${cleanUpBatch}))`,
  ];
  for (const statement of statements) {
    for (let batch = 0; batch < maxCleanUpBatches; batch += 1) {
      const result = await client.query(statement);
      if ((result.rowCount ?? 0) < cleanUpBatch) break;
    }
  }
}
