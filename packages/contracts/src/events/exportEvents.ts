import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { exportFailureSchema, exportPartLimit, exportRecordLimit } from '../api/exports.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { flagSchema, oneOf } from '../leaves.ts';
import { sealedSchema } from '../sealed.ts';

const exportIdSchema = annotated(idSchema('export'), 'protocol.internal');
const userIdSchema = annotated(idSchema('user'), 'protocol.internal');
const serviceSchema = oneOf(appIds);

/**
 * What `auth` and the services say of an export (PRIV-3). A service collects once for an export; when it was interrupted it begins anew as
 * the next run, and parts of different runs are never put together.
 */
export const exportEventTypes = {
  'privacy.export_requested.v1': z.strictObject({ exportId: exportIdSchema, userId: userIdSchema }),
  /** `sealed` holds an array of records as JSON, see {@link exportedRecordsSchema}; its place is the type and `exportId/run/part`. */
  'privacy.export_part.v1': z.strictObject({
    exportId: exportIdSchema,
    userId: userIdSchema,
    service: serviceSchema,
    run: annotated(z.int().min(1).max(1_000), 'protocol.internal'),
    /** Counts from 0. */
    part: annotated(
      z
        .int()
        .min(0)
        .max(exportPartLimit - 1),
      'protocol.internal',
    ),
    isLast: flagSchema,
    records: annotated(z.int().min(0).max(exportRecordLimit), 'account.privacy'),
    sealed: sealedSchema,
  }),
  /** The service cannot give its share: there is no export then, rather than half of one. */
  'privacy.export_failed.v1': z.strictObject({
    exportId: exportIdSchema,
    userId: userIdSchema,
    service: serviceSchema,
    reason: exportFailureSchema,
  }),
} as const;

/** The records of a part: what each is, and the thing itself. */
export const exportedRecordsSchema = z.array(
  z.strictObject({
    kind: annotated(z.string().min(1).max(50), 'protocol.internal'),
    record: annotated(z.record(z.string(), z.unknown()), 'account.privacy'),
  }),
);

/** The row that a part is sealed for, see `SealedPlace`: a part is no other part, of no other run and no other export. */
export function exportPartRow(part: {
  readonly exportId: string;
  readonly run: number;
  readonly part: number;
}): string {
  return `${part.exportId}/${part.run}/${part.part}`;
}
