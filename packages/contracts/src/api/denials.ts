import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema, sessionIdSchema } from '../ids.ts';
import { flagSchema, instantSchema } from '../leaves.ts';

/** A person's access version, claim `ver`: grows with each change that older access tokens must not survive. */
export const accessVersionSchema = annotated(z.int().min(0).max(2_147_483_647), 'protocol.internal');

/** Id of a signing key: RFC 7638 thumbprint in base64url. */
export const keyIdSchema = annotated(z.string().min(1).max(100), 'protocol.internal');

/**
 * Where to go on reading denials; opaque to everybody but `auth`: a transaction horizon and, in the middle of a long answer, the last
 * denial that was read.
 */
export const denialCursorSchema = annotated(
  z.string().regex(/^\d{1,18}(?:\.\d{1,18}\.[a-z]{1,10}\.[\w-]{1,100})?$/),
  'protocol.internal',
);

/** Something that access tokens are refused for before they expire (AUTH-11). It may be forgotten at `expiresAt`. */
export const denialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), id: sessionIdSchema, expiresAt: instantSchema }),
  z.strictObject({
    kind: z.literal('user'),
    id: idSchema('user'),
    minimumVersion: accessVersionSchema,
    expiresAt: instantSchema,
  }),
  z.strictObject({ kind: z.literal('key'), id: keyIdSchema, expiresAt: instantSchema }),
]);
export type Denial = z.infer<typeof denialSchema>;

/** Without a cursor: every denial in force. */
export const denialsQuerySchema = z.strictObject({ since: denialCursorSchema.optional() });

/** Most denials in one answer. */
export const denialPageLimit = 1_000;

/** Denials since the cursor, some of them once more; `isComplete` false: there is more at `next`, to be asked for at once. */
export const denialsSchema = z.strictObject({
  items: z.array(denialSchema).max(denialPageLimit),
  next: denialCursorSchema,
  isComplete: flagSchema,
});
export type Denials = z.infer<typeof denialsSchema>;
