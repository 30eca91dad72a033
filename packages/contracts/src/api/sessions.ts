import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { flagSchema, instantSchema, oneOf } from '../leaves.ts';
import { passwordSchema } from './auth.ts';
import { authenticationMethodSchema } from './factors.ts';

/** Most live sessions of one person; one more sign-in ends the one that was used longest ago. */
export const sessionLimit = 50;

/** A session as its owner sees it (AUTH-9). */
export const sessionSchema = z.strictObject({
  id: idSchema('session'),
  createdAt: instantSchema,
  /** Last sign-in, refresh or step-up. */
  lastUsedAt: instantSchema,
  /** What the client calls itself. */
  userAgent: annotated(z.string().max(300), 'account.device').nullable(),
  /** Last part zeroed. */
  address: annotated(z.string().max(64), 'account.device').nullable(),
  methods: z.array(authenticationMethodSchema).max(4),
  isCurrent: flagSchema,
});

/** Live sessions, the last used first. */
export const sessionsSchema = z.strictObject({ items: z.array(sessionSchema).max(sessionLimit) });

/** Names a session in a path. */
export const sessionParamsSchema = z.strictObject({ id: idSchema('session') });

/** Which sessions to end: all but this one, or all. */
export const endSessionsQuerySchema = z.strictObject({ which: oneOf(['others', 'all']) });

/** A new password; the current one proves that it is its owner who asks. All other sessions end. */
export const changePasswordRequestSchema = z.strictObject({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});
