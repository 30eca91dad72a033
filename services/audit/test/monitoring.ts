import { type AuditEventData, alertSchema, cloudEventSchema, newId } from '@todo-chatbot/contracts';
import { createTestDataKeys, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { type Clock, createLogger, type DataKeys, ProblemError, systemClock } from '@todo-chatbot/service-kit';
import { createPostgresAlertStore } from '../src/adapters/postgresAlertStore.ts';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresMonitorStore } from '../src/adapters/postgresMonitorStore.ts';
import { createRecordedTransactions } from '../src/adapters/recordedTransactions.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { createMonitor } from '../src/commands/monitorLog.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import type { MonitorStore } from '../src/ports/monitorStore.ts';
import { createOpenSealed } from '../src/queries/openSealed.ts';
import { createOpenUserAgents } from '../src/queries/openUserAgents.ts';
import { auditEvent, newSigner } from './support.ts';

/** Parts of an audit event, and when it happened in seconds after noon. */
export type Act = Partial<AuditEventData> & { readonly second?: number; readonly actorId?: string | null };

const noon = Date.parse('2026-11-26T12:00:00.000Z');

/** A failed sign-in to an account. */
export function failedSignIn(second: number, account = 'usr_ada', address = '192.0.2.0'): Act {
  return {
    second,
    service: 'auth',
    actorId: null,
    category: 'authentication',
    action: 'auth.login',
    success: false,
    reason: 'auth.invalid-credentials',
    object: { type: 'user', id: account },
    metadata: { address, userAgent: 'test-browser/1' },
  };
}

/** An act as an entry of the log. */
export function entryOf({ second = 0, ...data }: Act) {
  return encodeEntry({ ...auditEvent(data), time: new Date(noon + second * 1000).toISOString() });
}

/** The monitor on a database, with a log beside it to put entries into. */
export async function openMonitoring(database: TestDatabase, clock: Clock = systemClock) {
  const { pool, ownerPool } = database;
  const logged: string[] = [];
  const logger = createLogger({
    appId: 'audit',
    level: 'trace',
    destination: { write: (line) => void logged.push(line) },
  });
  const writer = createLogWriter({ store: createPostgresLogStore(pool), signer: newSigner(), clock });
  await writer.start();
  const store = createPostgresMonitorStore({ pool, clock, logger });
  const dataKeys = createTestDataKeys('audit');
  const auth = { isAway: false };
  const source: DataKeys = {
    of: (personId) =>
      auth.isAway ? Promise.reject(new ProblemError('upstream.unavailable')) : dataKeys.source.of(personId),
    forget: () => undefined,
  };
  const openUserAgents = createOpenUserAgents({ newOpener: createOpenSealed(source), logger });
  const alerts = createPostgresAlertStore({ pool, recorded: createRecordedTransactions(pool) });
  const monitorOn = (on: MonitorStore) => createMonitor({ store: on, openUserAgents, clock, logger });
  return {
    store,
    writer,
    dataKeys,
    /** Whether the keys can be had. */
    auth,
    alerts,
    logged,
    monitor: monitorOn(store),
    monitorOn,
    log: (acts: readonly Act[]) => writer.append(acts.map(entryOf)),
    /** Alerts of a rule, oldest first. */
    async alertsOf(ruleId: string) {
      const found = await alerts.page({ state: null, severity: null, before: null, limit: 1_000 });
      return found.filter((alert) => alert.ruleId === ruleId).toReversed();
    },
    /** Everything that monitoring came to, but for ids and times of its own. */
    async conclusions() {
      const found = await alerts.page({ state: null, severity: null, before: null, limit: 1_000 });
      const memory = await ownerPool.query('SELECT rule_id, group_key, hits, seen FROM rule_memory ORDER BY 1, 2');
      const outbox = await ownerPool.query('SELECT event FROM outbox ORDER BY seq');
      const raised = alertSchema.pick({ id: true });
      return {
        alerts: found.map(({ id: _id, ...alert }) => alert).toSorted(byRuleAndGroup),
        memory: memory.rows,
        announced: outbox.rows
          .map(({ event }) => raised.loose().parse(cloudEventSchema.parse(event).data).id)
          .toSorted(),
        ids: found.map(({ id }) => id).toSorted(),
      };
    },
    /** Forgets all that monitoring came to, so that it starts with the first entry. */
    async forgetAll() {
      await ownerPool.query('DELETE FROM alert; DELETE FROM rule_memory; DELETE FROM outbox');
      await ownerPool.query('UPDATE monitor_position SET next_index = 0');
    },
    acknowledge: (id: string) =>
      alerts.acknowledge({ id, by: newId('user'), at: clock.now(), resolution: 'handled' }, async () => undefined),
    position: async () => Number((await ownerPool.query('SELECT next_index FROM monitor_position')).rows[0].next_index),
  };
}

function byRuleAndGroup(
  a: { ruleId: string; group: string | null },
  b: { ruleId: string; group: string | null },
): number {
  return `${a.ruleId} ${a.group}` < `${b.ruleId} ${b.group}` ? -1 : 1;
}
