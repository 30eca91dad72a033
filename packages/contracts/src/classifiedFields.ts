import type { z } from 'zod';
import {
  accountSchema,
  loginRequestSchema,
  refreshRequestSchema,
  registerRequestSchema,
  tokenGrantSchema,
} from './api/auth.ts';
import { bookingSchema, createBookingRequestSchema } from './api/booking.ts';
import { chatMessageSchema, postMessageRequestSchema, postMessageResponseSchema } from './api/chat.ts';
import { judgeRequestSchema } from './api/guardrail.ts';
import { createTaskRequestSchema, taskSchema } from './api/task.ts';
import { type DataClass, dataClassOf } from './dataClass.ts';

const classifiedSchemas: readonly z.ZodObject[] = [
  registerRequestSchema,
  loginRequestSchema,
  refreshRequestSchema,
  tokenGrantSchema,
  accountSchema,
  createTaskRequestSchema,
  taskSchema,
  createBookingRequestSchema,
  bookingSchema,
  postMessageRequestSchema,
  postMessageResponseSchema,
  chatMessageSchema,
  judgeRequestSchema,
];

/** Names of the fields that carry a data class somewhere in the API: what the log sink may never write as it is (PRIV-1, PRIV-6). */
export function fieldNamesOf(dataClass: DataClass): ReadonlySet<string> {
  return new Set(
    classifiedSchemas.flatMap((schema) =>
      Object.entries(schema.shape).flatMap(([name, field]) => (dataClassOf(field) === dataClass ? [name] : [])),
    ),
  );
}
