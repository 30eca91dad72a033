import { expiringClasses } from '@todo-chatbot/contracts';
import { type Clock, createRetentionJob, type Dapr, type Logger, type RetentionJob } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { expiringAlerts } from './adapters/expiringAlerts.ts';
import { expiringBodies } from './adapters/expiringBodies.ts';
import type { LogWriter } from './commands/logWriter.ts';
import { createRemoveExpiredBodies } from './commands/removeExpiredBodies.ts';
import { encodeEntry } from './domain/entry.ts';

/** The composition root's part for the retention of what the log says, and of alerts (PRIV-5). */
export function buildRetention(parts: {
  readonly pool: Pool;
  readonly writer: LogWriter;
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): RetentionJob {
  const { pool, writer, clock } = parts;
  const removeExpiredBodies = createRemoveExpiredBodies({ writer, clock });
  return createRetentionJob({
    ...parts,
    service: 'audit',
    expiring: [
      ...expiringClasses.map((retentionClass) => expiringBodies({ pool, clock, removeExpiredBodies, retentionClass })),
      expiringAlerts({ pool, clock }),
    ],
    // The log's own service puts its entries there itself.
    record: (_tx, events) => writer.append(events.map(encodeEntry)),
  });
}
