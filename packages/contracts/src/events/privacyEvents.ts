import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { oneOf } from '../leaves.ts';

/**
 * Most characters of a receipt's rows in words. With service and time before them they are one text of the certificate, and a list in an
 * audit event has texts of at most 200 characters: a receipt that did not fit would keep its erasure from ever being complete.
 */
const maxRowsLength = 150;

/** Rows of a receipt as the certificate has them: `tasks=2 lists=1`. */
export function erasedRowsInWords(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([kind, count]) => `${kind}=${count}`)
    .join(' ');
}

/** How many rows of a person went, by what they were. */
export const erasedRowsSchema = annotated(
  z
    .record(z.string().regex(/^[A-Za-z]{1,40}$/), z.int().min(0))
    .refine((rows) => erasedRowsInWords(rows).length <= maxRowsLength, 'are too many kinds of rows'),
  'protocol.internal',
);

/** Events on the topics `privacy.requests`, written by `auth`, and `privacy.replies.<service>` (PRIV-3, PRIV-4). */
export const privacyEventTypes = {
  /** Every service erases what it holds of the person and replies with a receipt, however often it is asked. */
  'privacy.erasure_requested.v1': z.strictObject({ erasureId: idSchema('erasure'), userId: idSchema('user') }),
  /** The person's data key is gone: keys in memory are forgotten, and what a request under way had written since goes too. No reply. */
  'privacy.key_destroyed.v1': z.strictObject({ userId: idSchema('user') }),
  /** Receipt: the service holds nothing of the person any more. */
  'privacy.erased.v1': z.strictObject({
    erasureId: idSchema('erasure'),
    userId: idSchema('user'),
    service: oneOf(appIds),
    rows: erasedRowsSchema,
  }),
} as const;
