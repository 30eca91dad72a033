import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { flagSchema, instantSchema, oneOf, pageSizeSchema } from '../leaves.ts';
import { privilegedRoles, roleSchema } from '../roles.ts';
import { cursorSchema, emailSchema, personNameSchema } from './common.ts';

/** Whether a person may sign in. A deleted account is a tombstone and is listed nowhere. */
export const userStatusSchema = oneOf(['active', 'suspended']);

/** A person as administrators see them; those who may only read see a masked address such as `j***@example.com`. */
export const userSchema = z.strictObject({
  id: idSchema('user'),
  email: annotated(z.string().max(254), 'account.identity'),
  name: personNameSchema,
  emailVerified: flagSchema,
  roles: z.array(roleSchema).max(5),
  status: userStatusSchema,
  hasSecondFactor: flagSchema,
  createdAt: instantSchema,
});
export type User = z.infer<typeof userSchema>;

/** Query of a page of people; `email` finds one exactly. */
export const usersQuerySchema = z.strictObject({
  limit: pageSizeSchema(100, 50),
  email: emailSchema.optional(),
  cursor: cursorSchema.optional(),
});

/** Newest first. */
export const usersSchema = z.strictObject({
  items: z.array(userSchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Names a person in a path. */
export const userParamsSchema = z.strictObject({ id: idSchema('user') });

/** The privileged roles that a person is to have from now on; `user` stays. */
export const setRolesRequestSchema = z.strictObject({
  roles: z.array(oneOf(privilegedRoles)).max(privilegedRoles.length),
});
