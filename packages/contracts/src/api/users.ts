import { z } from 'zod';
import { classified } from '../dataClass.ts';
import { idSchema } from '../ids.ts';
import { privilegedRoles, roleSchema } from '../roles.ts';
import { cursorSchema, emailSchema, personNameSchema } from './common.ts';

/** Whether a person may sign in. A deleted account is a tombstone and is listed nowhere. */
export const userStatusSchema = z.enum(['active', 'suspended']);

/** A person as administrators see them; those who may only read see a masked address such as `j***@example.com`. */
export const userSchema = z.strictObject({
  id: idSchema('user'),
  email: classified(z.string().max(254), 'confidential'),
  name: personNameSchema,
  emailVerified: z.boolean(),
  roles: z.array(roleSchema).max(5),
  status: userStatusSchema,
  hasSecondFactor: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof userSchema>;

/** Query of a page of people; `email` finds one exactly. */
export const usersQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
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
  roles: z.array(z.enum(privilegedRoles)).max(privilegedRoles.length),
});
