import {
  type CloudEvent,
  cloudEventSchema,
  eventTypes,
  isEventType,
  privacyRequestTopic,
  topics,
} from '@todo-chatbot/contracts';
import type { RawSql } from '../database/rawSql.ts';

/**
 * Inserts the events into the outbox, in the caller's transaction and in one statement. Returns what `tx.$executeRaw` returns, so
 * that with Prisma it can stand in the list of a `$transaction([...])` as well. Take the lock on the aggregate's row before:
 * then events of one subject are in the order of its changes.
 */
export function addToOutbox<R extends PromiseLike<number>>(tx: RawSql<R>, events: readonly CloudEvent[]): R {
  for (const event of events) assertValid(event);
  const rows = JSON.stringify(
    events.map((event) => ({ id: event.id, topic: topicOf(event), subject: event.subject, event })),
  );
  return tx.$executeRaw`
    INSERT INTO outbox (id, topic, subject, event)
    SELECT item->>'id', item->>'topic', item->>'subject', item->'event'
    FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS list(item, position)
    ORDER BY position`;
}

/** Fails the producer's transaction rather than every consumer: what is in the outbox has to be good. */
function assertValid(event: CloudEvent): void {
  cloudEventSchema.parse(event);
  if (!isEventType(event.type)) throw new TypeError(`${event.type} is no event type`);
  eventTypes[event.type].parse(event.data);
}

/** The topic of an event, by its type and source: `task.created.v1` goes to `task.events`. */
function topicOf({ type, source }: CloudEvent): string {
  const name = topicNameOf(type.split('.')[0] ?? '', source);
  if (!topics.some((topic) => topic.name === name))
    throw new TypeError(`no topic for events of type ${type} of ${source}`);
  return name;
}

/** Audit events and replies about a person's data go to the topic of who publishes them. */
function topicNameOf(domain: string, source: string): string {
  if (domain === 'audit') return `audit.events.${source}`;
  if (domain === 'privacy') return source === 'auth' ? privacyRequestTopic : `privacy.replies.${source}`;
  return `${domain}.events`;
}
