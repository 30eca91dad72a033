import type { AlertRule } from '@todo-chatbot/contracts';
import {
  addToOutbox,
  type Clock,
  executeRawOf,
  inTransaction,
  type Logger,
  metrics,
  newEvent,
} from '@todo-chatbot/service-kit';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { rulesInForce } from '../domain/alertRules.ts';
import { noGroup } from '../domain/evaluateRule.ts';
import { monitoredEventOf } from '../domain/monitoredEvent.ts';
import type {
  MonitoredPage,
  MonitorOutcome,
  MonitorStore,
  MonitorTransaction,
  RuleGroup,
  StoredState,
  ToldAlert,
} from '../ports/monitorStore.ts';
import { readRuleChanges } from './postgresAlertRules.ts';

/** Key of the advisory lock behind which one at a time writes the monitor's tables; any number that nothing else here uses. */
const monitorLock = 6963;
/** Brokers keep events for 7 days: nothing comes later than that. */
const latestSeconds = 7 * 86_400;
/** Rows of one rule deleted at a time, to stay far below the statement time-out; the rest waits for the next time. */
const forgottenAtOnce = 5_000;

const lockedSchema = z.tuple([z.object({ locked: z.boolean() })]);
const positionSchema = z.tuple([z.object({ next_index: z.coerce.number().int() })]);
const bodyRowSchema = z.object({ index: z.coerce.number().int(), body: z.instanceof(Buffer) });
const sizeSchema = z.tuple([z.object({ size: z.coerce.number().int() })]);
const stateRowSchema = z
  .object({
    rule_id: z.string(),
    group_key: z.string(),
    hits: z.array(z.object({ at: z.number(), index: z.number().nullable() })).nullable(),
    seen: z.array(z.object({ hash: z.string(), at: z.number() })).nullable(),
    id: z.string().nullable(),
    count: z.number().nullable(),
    first_at: z.date().nullable(),
    last_at: z.date().nullable(),
    entry_indexes: z.array(z.coerce.number()).nullable(),
  })
  .transform(({ rule_id, group_key, id, hits, seen, count, first_at, last_at, entry_indexes }): StoredState => {
    const isOpen = count !== null && first_at !== null && last_at !== null && entry_indexes !== null;
    const alert = isOpen
      ? { count, firstAt: first_at.getTime(), lastAt: last_at.getTime(), entryIndexes: entry_indexes }
      : null;
    return { ruleId: rule_id, group: group_key, alertId: id, state: { hits: hits ?? [], seen: seen ?? [], alert } };
  });
const figuresSchema = z
  .tuple([z.object({ open_alerts: z.number(), lag_entries: z.coerce.number() })])
  .transform(([row]) => ({ openAlerts: row.open_alerts, lagEntries: row.lag_entries }));

/** What the monitor keeps, in PostgreSQL. */
export function createPostgresMonitorStore(options: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger: Logger;
}): MonitorStore {
  const { pool, clock, logger } = options;

  const transactionOn = (client: PoolClient): MonitorTransaction => ({
    rules: async () => rulesInForce(await readRuleChanges(client)),
    position: () => readPosition(client),
    statesOf: (groups) => readStates(client, groups),
    save: (outcome) => save(client, outcome, clock.now()),
    moveTo: async (position) => {
      await client.query('UPDATE monitor_position SET next_index = $1', [position]);
    },
    forget: (rules) => forget(client, rules, clock.now()),
  });

  return {
    position: () => readPosition(pool),
    eventsFrom: (index, limit) => readEvents(pool, { index, limit, logger }),
    inTurn: (work) =>
      inTransaction(pool, async (client) => {
        // A statement of its own: those after it see everything that the lock's last holder committed.
        await client.query('SELECT pg_advisory_xact_lock($1)', [monitorLock]);
        return await work(transactionOn(client));
      }),
    ifFree: (work) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1) AS locked', [monitorLock]);
        return lockedSchema.parse(rows)[0].locked ? await work(transactionOn(client)) : undefined;
      }),
    figures: async () => {
      const { rows } = await pool.query(
        `SELECT (SELECT count(*)::int FROM alert WHERE acknowledged_at IS NULL) AS open_alerts,
           coalesce((SELECT max(index) + 1 FROM entry), 0) - (SELECT next_index FROM monitor_position) AS lag_entries`,
      );
      return figuresSchema.parse(rows);
    },
  };
}

async function readPosition(client: Pick<PoolClient, 'query'>): Promise<number> {
  const { rows } = await client.query('SELECT next_index FROM monitor_position');
  return positionSchema.parse(rows)[0].next_index;
}

/**
 * Writers of the log commit one after the other, so no gap below the size can fill later. Entries are read by their range, which stays an
 * index scan however long the log is, and goes on behind a gap that somebody tore into it.
 */
async function readEvents(
  client: Pick<PoolClient, 'query'>,
  { index, limit, logger }: { readonly index: number; readonly limit: number; readonly logger: Logger },
): Promise<MonitoredPage> {
  const sizes = await client.query('SELECT coalesce(max(index) + 1, 0) AS size FROM entry');
  const next = Math.max(index, Math.min(index + limit, sizeSchema.parse(sizes.rows)[0].size));
  const { rows } = await client.query('SELECT index, body FROM body WHERE index >= $1 AND index < $2 ORDER BY index', [
    index,
    next,
  ]);
  const events = z
    .array(bodyRowSchema)
    .parse(rows)
    .flatMap((row) => {
      const event = monitoredEventOf(row.index, row.body);
      if (event) return [event];
      // Waiting for it would blind the monitor to everything behind it.
      metrics.counter('monitor_unreadable_entries_total').add(1);
      logger.error({ index: row.index }, 'the monitoring passed over an entry that it cannot read');
      return [];
    });
  return { events, next };
}

async function readStates(client: PoolClient, groups: readonly RuleGroup[]): Promise<readonly StoredState[]> {
  if (groups.length === 0) return [];
  const wanted = [groups.map(({ ruleId }) => ruleId), groups.map(({ group }) => group)];
  // Whoever acknowledges one of the open alerts does so before or after this transaction, and not in its middle.
  await client.query(
    `SELECT FROM alert JOIN unnest($1::text[], $2::text[]) AS wanted (rule_id, group_key) USING (rule_id, group_key)
     WHERE acknowledged_at IS NULL ORDER BY id FOR NO KEY UPDATE OF alert`,
    wanted,
  );
  const { rows } = await client.query(
    `SELECT wanted.rule_id, wanted.group_key, hits, seen, id, count, first_at, last_at, entry_indexes
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (rule_id, group_key, place)
     LEFT JOIN rule_memory AS memory ON memory.rule_id = wanted.rule_id AND memory.group_key = wanted.group_key
     LEFT JOIN alert ON alert.rule_id = wanted.rule_id AND alert.group_key = wanted.group_key AND acknowledged_at IS NULL
     ORDER BY place`,
    wanted,
  );
  return z.array(stateRowSchema).parse(rows);
}

async function save(client: PoolClient, { states, raised, retold }: MonitorOutcome, now: Date): Promise<void> {
  await saveMemory(client, states, now);
  await saveAlerts(client, states, raised);
  const told = [...raised, ...retold];
  if (told.length === 0) return;
  await addToOutbox(
    executeRawOf(client),
    told.map((alert) => alertRaised(alert, states)),
  );
}

/** Rows that remember nothing any more go: most groups of most rules have none. */
async function saveMemory(client: PoolClient, states: readonly StoredState[], now: Date): Promise<void> {
  if (states.length === 0) return;
  await client.query(
    `WITH changed AS (
       SELECT rule_id, group_key, hits, seen, hits = '[]' AND seen = '[]' AS is_empty
       FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[]) AS given (rule_id, group_key, hits, seen)
     ), emptied AS (
       DELETE FROM rule_memory AS memory USING changed
       WHERE memory.rule_id = changed.rule_id AND memory.group_key = changed.group_key AND is_empty
     )
     INSERT INTO rule_memory (rule_id, group_key, hits, seen, updated_at)
     SELECT rule_id, group_key, hits, seen, $5::timestamptz FROM changed WHERE NOT is_empty
     ON CONFLICT (rule_id, group_key) DO UPDATE
       SET hits = excluded.hits, seen = excluded.seen, updated_at = excluded.updated_at`,
    [
      states.map(({ ruleId }) => ruleId),
      states.map(({ group }) => group),
      states.map(({ state }) => JSON.stringify(state.hits)),
      states.map(({ state }) => JSON.stringify(state.seen)),
      now,
    ],
  );
}

async function saveAlerts(
  client: PoolClient,
  states: readonly StoredState[],
  raised: readonly ToldAlert[],
): Promise<void> {
  const changed = states.flatMap(({ alertId, state: { alert } }) =>
    alertId && alert ? [{ id: alertId, ...alert }] : [],
  );
  if (changed.length === 0) return;
  const began = new Map(raised.map((alert) => [alert.id, alert]));
  const rows = changed.map((alert) => ({
    ...alert,
    ...began.get(alert.id),
    firstAt: new Date(alert.firstAt),
    lastAt: new Date(alert.lastAt),
    isNew: began.has(alert.id),
  }));
  await client.query(
    `WITH changed AS (
       SELECT item->>'id' AS id, item->>'ruleId' AS rule_id, item->>'group' AS group_key, item->>'title' AS title,
         item->>'severity' AS severity, (item->>'count')::int AS count, (item->>'isNew')::boolean AS is_new,
         (item->>'firstAt')::timestamptz AS first_at, (item->>'lastAt')::timestamptz AS last_at,
         ARRAY(SELECT value::bigint FROM jsonb_array_elements_text(item->'entryIndexes')) AS entry_indexes
       FROM jsonb_array_elements($1::jsonb) AS item
     ), raised AS (
       UPDATE alert SET count = changed.count, first_at = changed.first_at, last_at = changed.last_at,
         entry_indexes = changed.entry_indexes
       FROM changed WHERE alert.id = changed.id AND NOT changed.is_new
     )
     INSERT INTO alert (id, rule_id, group_key, title, severity, count, first_at, last_at, entry_indexes)
     SELECT id, rule_id, group_key, title, severity, count, first_at, last_at, entry_indexes FROM changed WHERE is_new`,
    [JSON.stringify(rows)],
  );
}

function alertRaised(alert: ToldAlert, states: readonly StoredState[]) {
  const { id, ruleId, title, severity, group } = alert;
  const facts = states.find(({ alertId }) => alertId === id)?.state.alert;
  if (!facts) throw new Error('an alert was raised without a state');
  return newEvent({
    type: 'alert.raised.v1',
    source: 'audit',
    subject: id,
    data: {
      id,
      ruleId,
      title,
      severity,
      group: group === noGroup ? null : group,
      count: facts.count,
      firstAt: new Date(facts.firstAt).toISOString(),
    },
  });
}

/** A row that nothing came to for so long holds no hit that could share a window with one that is still to come. */
async function forget(client: PoolClient, rules: readonly AlertRule[], now: Date): Promise<void> {
  for (const { id, windowSeconds } of rules) {
    const before = new Date(now.getTime() - (windowSeconds + latestSeconds) * 1000);
    await client.query(
      `DELETE FROM rule_memory WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM rule_memory WHERE rule_id = $1 AND updated_at < $2 LIMIT ${forgottenAtOnce}))`,
      [id, before],
    );
  }
}
