import { bookingSchema, type LiveEvent, taskSchema } from '@todo-chatbot/contracts';
import {
  createPersonBoxes,
  type DataKeys,
  defineSubscription,
  type EventOf,
  type EventOutcome,
  type Logger,
  metrics,
  openJson,
  type PersonBox,
  type PersonBoxes,
  ProblemError,
  type Subscription,
} from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { LiveStreams } from '../adapters/liveStreams.ts';

type TaskEvent = EventOf<'task.created.v2' | 'task.changed.v2'>;
type BookingEvent = EventOf<'booking.created.v2'>;

/**
 * Domain events for the open streams of the person whom they concern, opened and under their public names. There is no inbox here on
 * purpose: a push changes nothing, and a page drops what is not newer than what it has.
 */
export function liveEventSubscriptions({
  streams,
  dataKeys,
  logger,
}: {
  readonly streams: Pick<LiveStreams, 'isOpenFor' | 'push'>;
  readonly dataKeys: DataKeys;
  readonly logger: Pick<Logger, 'error'>;
}): Subscription[] {
  const consumer = 'live-streams';
  const [tasks, bookings] = ['task.events', 'booking.events'] as const;
  const taskBoxes = createPersonBoxes({ dataKeys, scope: tasks });
  const bookingBoxes = createPersonBoxes({ dataKeys, scope: bookings });

  async function pushOpened<S extends z.ZodType>(
    event: TaskEvent | BookingEvent,
    how: { boxes: PersonBoxes; schema: S; liveEventOf: (content: z.output<S>) => LiveEvent },
  ): Promise<EventOutcome> {
    const { userId, sealed } = event.data;
    // Most people are not here, and nobody's key is asked for in vain.
    if (!streams.isOpenFor(userId)) return 'success';
    const box = await boxUnlessErased(how.boxes, userId);
    if (box === null) return 'success';
    const place = { field: event.type, row: event.subject };
    let content: z.output<S>;
    try {
      content = openJson(box, place, sealed, how.schema);
    } catch (error) {
      // Only the kind of error is told: a parser's message may repeat what it read.
      const reason = error instanceof Error ? error.name : 'unknown';
      metrics.counter('sealed_events_broken_total').add(1, { type: event.type });
      logger.error({ eventId: event.id, type: event.type, reason }, 'a sealed event could not be opened');
      return 'drop';
    }
    streams.push(event.id, how.liveEventOf(content));
    return 'success';
  }

  const pushTask = (name: 'task.created.v1' | 'task.changed.v1') => (event: TaskEvent) =>
    pushOpened(event, {
      boxes: taskBoxes,
      schema: taskSchema,
      liveEventOf: (task) => ({ name, data: { userId: event.data.userId, task } }),
    });

  return [
    defineSubscription({
      topic: tasks,
      consumer,
      handlers: {
        'task.created.v2': pushTask('task.created.v1'),
        'task.changed.v2': pushTask('task.changed.v1'),
        'task.deleted.v1': async ({ id, type: name, data }) => {
          streams.push(id, { name, data });
          return 'success';
        },
      },
    }),
    defineSubscription({
      topic: bookings,
      consumer,
      handlers: {
        'booking.created.v2': (event: BookingEvent) =>
          pushOpened(event, {
            boxes: bookingBoxes,
            schema: bookingSchema,
            liveEventOf: (booking) => ({
              name: 'booking.created.v1',
              data: { userId: event.data.userId, booking },
            }),
          }),
      },
    }),
  ];
}

/** `null` for an erased person, whom no news concern any more. */
async function boxUnlessErased(boxes: PersonBoxes, personId: string): Promise<PersonBox | null> {
  try {
    return await boxes.of(personId);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'person.erased') return null;
    throw error;
  }
}
