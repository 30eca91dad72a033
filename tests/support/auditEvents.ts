import { randomBytes } from 'node:crypto';
import { type AppId, auditTopicOf, type CloudEvent, newId } from '@todo-chatbot/contracts';
import type { PlatformState } from '@todo-chatbot/local-platform/testing';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import pg from 'pg';

/** Events of one request to the broker: far below its limit of 1 MB for what one partition gets at once. */
const eventsPerRequest = 500;
/** Rows of one statement. */
const rowsPerInsert = 500;

/** An audit event as the service writes it when somebody creates a task: about 600 bytes as the body of an entry. */
export function auditEventOf(service: AppId): CloudEvent {
  const traceId = randomBytes(16).toString('hex');
  const userId = newId('user');
  return {
    specversion: '1.0',
    id: newId('event'),
    source: service,
    type: 'audit.recorded.v1',
    subject: userId,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01`,
    data: {
      service,
      actor: { type: 'user', id: userId },
      sessionId: newId('session'),
      category: 'data-change',
      action: 'task.create',
      success: true,
      reason: null,
      object: { type: 'task', id: newId('task') },
      input: { titleLength: 12 },
      metadata: { address: '192.0.2.0', userAgent: 'Mozilla/5.0' },
      traceId,
      retentionClass: 'task-execution',
    },
  };
}

/** Writes events to the audit topic of a service under the service's own principal, as its sidecar does. */
export interface AuditTopicWriter {
  /** Kept when the broker has all of them on disk; rejects after it did not answer for some seconds, and then they may be there or not. */
  write(events: readonly CloudEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** Connects as the service. */
export async function openAuditTopic({ kafka, apps }: PlatformState, service: AppId): Promise<AuditTopicWriter> {
  const producer = new Kafka({
    clientId: service,
    brokers: [kafka.broker],
    ssl: { ca: [kafka.ca] },
    sasl: { mechanism: 'scram-sha-512', username: service, password: apps[service].kafkaPassword },
    logLevel: logLevel.NOTHING,
  }).producer({ allowAutoTopicCreation: false, createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  return {
    async write(events) {
      for (let from = 0; from < events.length; from += eventsPerRequest) {
        const messages = events
          .slice(from, from + eventsPerRequest)
          .map((event) => ({ key: event.subject, value: JSON.stringify(event) }));
        await producer.send({ topic: auditTopicOf(service), acks: -1, messages });
      }
    },
    close: () => producer.disconnect(),
  };
}

/** Leaves events in the service's outbox, as its own role, for its relay to publish; those that are there already stay as they are. */
export async function addToOutboxOf(
  { apps }: PlatformState,
  service: AppId,
  events: readonly CloudEvent[],
): Promise<void> {
  const client = new pg.Client(apps[service].database);
  // Whoever kills the server ends the connection too; the statement under way says so.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let from = 0; from < events.length; from += rowsPerInsert) {
      const rows = events.slice(from, from + rowsPerInsert);
      await client.query(
        `INSERT INTO outbox (id, topic, subject, event)
         SELECT event->>'id', $1, event->>'subject', event FROM unnest($2::jsonb[]) AS added (event)
         ON CONFLICT (id) DO NOTHING`,
        [auditTopicOf(service), rows.map((event) => JSON.stringify(event))],
      );
    }
  } finally {
    await client.end();
  }
}
