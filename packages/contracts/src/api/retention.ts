import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { countSchema, flagSchema, instantSchema, oneOf, retentionClassSchema } from '../leaves.ts';
import { type ExpiringClass, expiringClasses } from '../retention.ts';

/** A class with a period. */
export const expiringClassSchema = oneOf(expiringClasses);

/** More than any bound; what is allowed of a class stands in its bounds. */
const mostDays = 3_650;
const daysSchema = annotated(z.int().min(1).max(mostDays), 'protocol.internal');

/** The period of a class in force, and what an editor may make of it; days null: kept for ever, and not to be changed. */
export const retentionPeriodSchema = z.strictObject({
  class: retentionClassSchema,
  days: daysSchema.nullable(),
  defaultDays: daysSchema.nullable(),
  leastDays: daysSchema.nullable(),
  mostDays: daysSchema.nullable(),
  /** What goes, by the service that has it. */
  covers: z
    .array(z.strictObject({ service: oneOf(appIds), text: annotated(z.string().max(200), 'protocol.public') }))
    .max(6),
  /** Goes up with each change; 0: as it came. */
  version: countSchema,
  changedBy: idSchema('user').nullable(),
  changedAt: instantSchema.nullable(),
});
export type RetentionPeriod = z.infer<typeof retentionPeriodSchema>;

/** Every class. */
export const retentionPeriodsSchema = z.strictObject({ items: z.array(retentionPeriodSchema).max(10) });

/** Names a class that has a period. */
export const retentionParamsSchema = z.strictObject({ class: expiringClassSchema });

/** Changes a period. `version` is the one that was read. */
export const changeRetentionRequestSchema = z.strictObject({ days: daysSchema, version: countSchema });
export type RetentionChange = z.infer<typeof changeRetentionRequestSchema>;

/** Asks what a period would remove now; `days` unset: the one in force. */
export const previewRetentionRequestSchema = z.strictObject({ days: daysSchema.optional() });

/** What is older than a period: `count` rows of a kind, the oldest of them from `oldestAt`. */
export const dueRowsSchema = z.strictObject({
  what: annotated(z.string().regex(/^[a-z][a-z_-]{0,39}$/), 'protocol.internal'),
  count: countSchema,
  /** There are more, and counting them all would take too long. */
  isMore: flagSchema,
  oldestAt: instantSchema.nullable(),
});
export type DueRows = z.infer<typeof dueRowsSchema>;

/** Query of what is due at one service. */
export const retentionDueQuerySchema = z.strictObject({
  class: expiringClassSchema,
  days: annotated(z.coerce.number().int().min(1).max(mostDays), 'protocol.internal'),
});
/** What is due of a class at one service. */
export const retentionDueSchema = z.strictObject({ items: z.array(dueRowsSchema).max(10) });

/** What the next run would remove everywhere, if the period were `days`. Nothing is removed by asking. */
export const retentionPreviewSchema = z.strictObject({
  class: expiringClassSchema,
  days: daysSchema,
  items: z.array(dueRowsSchema.extend({ service: oneOf(appIds) }).strict()).max(60),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

/**
 * How a run ended. `done`: nothing that was due is left. `to-be-continued`: it reached its bound, the next one goes on. `failed`: the
 * next one tries again. `interrupted`: its process ended before it did.
 */
export const retentionOutcomes = ['running', 'done', 'to-be-continued', 'failed', 'interrupted'] as const;

/** One run of a service over one class. */
export const retentionRunSchema = z.strictObject({
  id: idSchema('run'),
  service: oneOf(appIds),
  class: expiringClassSchema,
  days: daysSchema,
  /** What was older than this was due. */
  before: instantSchema,
  /** How many rows went, by what they were. */
  deleted: z.array(z.strictObject({ what: dueRowsSchema.shape.what, count: countSchema })).max(10),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  outcome: oneOf(retentionOutcomes),
});
export type RetentionRun = z.infer<typeof retentionRunSchema>;
/** Most runs that are listed. */
export const mostRetentionRuns = 100;
/** Newest first. */
export const retentionRunsSchema = z.strictObject({ items: z.array(retentionRunSchema).max(mostRetentionRuns) });

/** The newest runs of every service, newest first; those of `missing` services are not among them, because these did not answer. */
export const allRetentionRunsSchema = z.strictObject({
  items: z.array(retentionRunSchema).max(mostRetentionRuns),
  missing: z.array(oneOf(appIds)).max(6),
});
export type AllRetentionRuns = z.infer<typeof allRetentionRunsSchema>;

/** Item of a class in the mesh, where an item has an underscore in its name: `class_conversation`. */
export function retentionItemOf(expiring: ExpiringClass): string {
  return `class_${expiring}`;
}
