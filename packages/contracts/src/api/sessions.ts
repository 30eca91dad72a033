import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { passwordSchema } from './auth.ts';
import { authenticationMethodSchema } from './factors.ts';

/** Most live sessions of one person; one more sign-in ends the one that was used longest ago. */
export const sessionLimit = 50;

/** A session as its owner sees it (AUTH-9). */
export const sessionSchema = z.strictObject({
  id: idSchema('session'),
  createdAt: z.iso.datetime(),
  /** Last sign-in, refresh or step-up. */
  lastUsedAt: z.iso.datetime(),
  /** What the client calls itself. */
  userAgent: z.string().max(300).nullable(),
  /** Last part zeroed. */
  address: z.string().max(64).nullable(),
  methods: z.array(authenticationMethodSchema).max(4),
  isCurrent: z.boolean(),
});

/** Live sessions, the last used first. */
export const sessionsSchema = z.strictObject({ items: z.array(sessionSchema).max(sessionLimit) });

/** Names a session in a path. */
export const sessionParamsSchema = z.strictObject({ id: idSchema('session') });

/** Which sessions to end: all but this one, or all. */
export const endSessionsQuerySchema = z.strictObject({ which: z.enum(['others', 'all']) });

/** A new password; the current one proves that it is its owner who asks. All other sessions end. */
export const changePasswordRequestSchema = z.strictObject({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});
