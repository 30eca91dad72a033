import type { z } from 'zod';
import { createdApiKeySchema, exchangeApiKeyRequestSchema } from './api/apiKeys.ts';
import {
  accessGrantSchema,
  accountSchema,
  loginCommandSchema,
  refreshRequestSchema,
  registerRequestSchema,
  tokenGrantSchema,
} from './api/auth.ts';
import { bookingSchema, createBookingRequestSchema } from './api/booking.ts';
import { chatMessageSchema, postMessageRequestSchema, postMessageResponseSchema } from './api/chat.ts';
import {
  confirmTotpRequestSchema,
  recoveryCodesSchema,
  secondFactorCommandSchema,
  totpEnrolmentSchema,
} from './api/factors.ts';
import { judgeRequestSchema } from './api/guardrail.ts';
import { resetPasswordRequestSchema } from './api/links.ts';
import { changePasswordRequestSchema } from './api/sessions.ts';
import { createTaskRequestSchema, taskSchema } from './api/task.ts';
import { userSchema } from './api/users.ts';
import { type DataClass, dataClassOf } from './dataClass.ts';

const classifiedSchemas: readonly z.ZodObject[] = [
  registerRequestSchema,
  loginCommandSchema,
  refreshRequestSchema,
  tokenGrantSchema,
  accessGrantSchema,
  accountSchema,
  secondFactorCommandSchema,
  totpEnrolmentSchema,
  confirmTotpRequestSchema,
  recoveryCodesSchema,
  changePasswordRequestSchema,
  resetPasswordRequestSchema,
  createdApiKeySchema,
  exchangeApiKeyRequestSchema,
  userSchema,
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
