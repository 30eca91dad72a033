import { defineSubscription, type EventOf, type Subscription } from '@todo-chatbot/service-kit';
import type { LiveStreams } from '../adapters/liveStreams.ts';

type OwnedEvent = EventOf<'task.created.v1' | 'task.changed.v1' | 'task.deleted.v1' | 'booking.created.v1'>;

/**
 * Domain events for the open streams of the person whom they concern. There is no inbox here on purpose: a push changes nothing,
 * and a page drops what is not newer than what it has.
 */
export function liveEventSubscriptions(streams: LiveStreams): Subscription[] {
  const push = async (event: OwnedEvent) => {
    streams.push(event.data.userId, { id: event.id, name: event.type, data: event.data });
    return 'success' as const;
  };
  const consumer = 'live-streams';
  return [
    defineSubscription({
      topic: 'task.events',
      consumer,
      handlers: { 'task.created.v1': push, 'task.changed.v1': push, 'task.deleted.v1': push },
    }),
    defineSubscription({ topic: 'booking.events', consumer, handlers: { 'booking.created.v1': push } }),
  ];
}
