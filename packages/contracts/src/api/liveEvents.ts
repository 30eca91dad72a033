import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { bookingSchema } from './booking.ts';
import { taskSchema } from './task.ts';

const userIdSchema = annotated(idSchema('user'), 'protocol.internal');

/**
 * Server-sent events of `GET events/stream` by name, with the schema of their data. Names and data are the public API's own: Kafka's
 * events change without them, and carry sealed what is open here for the person alone whom it concerns.
 */
export const liveEvents = {
  'task.created.v1': z.strictObject({ userId: userIdSchema, task: taskSchema }),
  'task.changed.v1': z.strictObject({ userId: userIdSchema, task: taskSchema }),
  'task.deleted.v1': z.strictObject({
    userId: userIdSchema,
    taskId: annotated(idSchema('task'), 'protocol.internal'),
  }),
  'booking.created.v1': z.strictObject({ userId: userIdSchema, booking: bookingSchema }),
} as const;
export type LiveEventName = keyof typeof liveEvents;

/** A server-sent event: its name, and data of the schema that the name has. */
export type LiveEvent = {
  readonly [N in LiveEventName]: { readonly name: N; readonly data: z.infer<(typeof liveEvents)[N]> };
}[LiveEventName];
