import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { bookingSchema } from './booking.ts';
import { taskSchema } from './task.ts';

/**
 * Server-sent events of `GET events/stream` by name, with the schema of their data. Names and data are the public API's own: Kafka's
 * events change without them, and carry sealed what is open here for the person alone whom it concerns.
 */
export const liveEvents = {
  'task.created.v1': z.strictObject({ userId: idSchema('user'), task: taskSchema }),
  'task.changed.v1': z.strictObject({ userId: idSchema('user'), task: taskSchema }),
  'task.deleted.v1': z.strictObject({ userId: idSchema('user'), taskId: idSchema('task') }),
  'booking.created.v1': z.strictObject({ userId: idSchema('user'), booking: bookingSchema }),
} as const;
export type LiveEventName = keyof typeof liveEvents;

/** A server-sent event: its name, and data of the schema that the name has. */
export type LiveEvent = {
  readonly [N in LiveEventName]: { readonly name: N; readonly data: z.infer<(typeof liveEvents)[N]> };
}[LiveEventName];
