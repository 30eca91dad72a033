import {
  type Clock,
  createOutboxRelay,
  type Dapr,
  type InPrivacyTransaction,
  type Logger,
  type Route,
} from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { createPostgresAlertRules } from './adapters/postgresAlertRules.ts';
import { createPostgresAlertStore } from './adapters/postgresAlertStore.ts';
import { createPostgresMonitorStore } from './adapters/postgresMonitorStore.ts';
import { createPostgresPastEvents } from './adapters/postgresPastEvents.ts';
import { recordedPrivacyTransactions } from './adapters/recordedPrivacyTransactions.ts';
import { createRecordedTransactions } from './adapters/recordedTransactions.ts';
import type { LogWriter } from './commands/logWriter.ts';
import { createMonitor } from './commands/monitorLog.ts';
import { createSignalSink } from './commands/signalSink.ts';
import type { SignalSink } from './ports/signals.ts';
import type { OpenSealed } from './queries/openSealed.ts';
import { createOpenUserAgents } from './queries/openUserAgents.ts';
import { alertRuleRoutes } from './routes/alertRules/routes.ts';
import { alertRoutes } from './routes/alerts/routes.ts';

/** The security monitoring (OBS-3). */
export interface Monitoring {
  /** The log's writer, whose appends wake the monitor. */
  readonly writer: LogWriter;
  readonly signals: SignalSink;
  readonly routes: readonly Route[];
  readonly inPrivacyTransaction: InPrivacyTransaction;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Builds the monitor of the log, its alerts and their API, and the relay that tells of alerts. */
export function buildMonitoring(options: {
  readonly pool: Pool;
  readonly writer: LogWriter;
  readonly newOpener: () => OpenSealed;
  readonly dapr: Pick<Dapr, 'publish'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Monitoring {
  const { pool, clock } = options;
  const store = createPostgresMonitorStore(options);
  const recorded = createRecordedTransactions(pool);
  const openUserAgents = createOpenUserAgents(options);
  const monitor = createMonitor({ ...options, store, openUserAgents });
  const relay = createOutboxRelay(options);
  const writer: LogWriter = {
    ...options.writer,
    async append(entries) {
      const outcomes = await options.writer.append(entries);
      monitor.wake();
      return outcomes;
    },
  };
  return {
    writer,
    signals: createSignalSink({ store, clock }),
    routes: [
      ...alertRoutes({ alerts: createPostgresAlertStore({ pool, recorded }), writer, clock }),
      ...alertRuleRoutes({
        rules: createPostgresAlertRules({ pool, recorded }),
        past: createPostgresPastEvents(pool),
        openUserAgents,
        writer,
        clock,
      }),
    ],
    inPrivacyTransaction: recordedPrivacyTransactions({ recorded, writer }),
    async start() {
      await relay.start();
      monitor.start();
    },
    async close() {
      await monitor.close();
      await relay.close();
    },
  };
}
