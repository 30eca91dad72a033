import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import {
  auditActionSchema,
  auditCategories,
  auditedActSchema,
  auditPersonalFieldSchema,
  maxSealedAuditFields,
} from '../events/auditEvent.ts';
import { cursorSchema } from './common.ts';

const printableSchema = z.string().regex(/^[\x21-\x7e]{1,100}$/);
/** Nothing was logged before; the calendar of databases begins with the year 1, that of ISO 8601 with 0. */
const searchTimeSchema = z.iso.datetime().refine((time) => time >= '1970', 'must not be before 1970');

/**
 * A field that is sealed in the entry (AUD-4). `opened`: its value stands in its place; otherwise there is null. `erased`: the key was
 * destroyed with the person's data. `broken`: the sealed bytes are not what was sealed for this place.
 */
export const auditSealedFieldSchema = z.strictObject({
  field: auditPersonalFieldSchema,
  state: annotated(z.enum(['opened', 'erased', 'broken']), 'protocol.internal'),
});
export type AuditSealedField = z.infer<typeof auditSealedFieldSchema>;

/** An entry of the log as a reader sees it. `index` counts from 0; `leafHash` is RFC 6962 section 2.1, hex. */
export const auditEntrySchema = z.strictObject({
  index: z.int().min(0),
  eventId: z.string().max(64),
  time: z.iso.datetime(),
  leafHash: z.string().length(64),
  event: auditedActSchema,
  /** Fields of `event` that are sealed in the log, so that no proof tells what they say. */
  sealed: z.array(auditSealedFieldSchema).max(maxSealedAuditFields),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/**
 * What a search of the trail may ask for. Names, ids and addresses as entries hold them, and no free text: the search itself is an
 * entry, which nobody can take back.
 */
export const auditFilterSchema = z.strictObject({
  /** One's own trail alone, also for those who may see everybody's. */
  scope: z.literal('own').optional(),
  actor: printableSchema.optional(),
  action: auditActionSchema.optional(),
  category: z.enum(auditCategories).optional(),
  service: z.enum(appIds).optional(),
  /** Id of what was acted on. */
  object: printableSchema.optional(),
  outcome: z.enum(['success', 'failure']).optional(),
  /** From this time on. */
  from: searchTimeSchema.optional(),
  /** Before this time. */
  to: searchTimeSchema.optional(),
  /** IP address with its last part zeroed, as entries hold it. */
  address: z
    .string()
    .max(64)
    .regex(/^[\d.:a-f]+$/)
    .optional(),
  /** W3C trace id. */
  trace: z
    .string()
    .regex(/^[\da-f]{32}$/)
    .optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Query of a page of the trail. A page may be shorter than `limit` though there are more, when its entries are long. */
export const auditEntriesQuerySchema = auditFilterSchema.extend({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: cursorSchema.optional(),
});

/** Most entries of one page of an export. */
export const auditExportPageSize = 500;
/** Most entries of an export: a file that one still opens. Whoever needs more divides the time. */
export const auditExportLimit = 1_000_000;
/** Query of a page of an export, as the gateway asks for it; the first one has no cursor. */
export const auditExportPageQuerySchema = auditFilterSchema.extend({ cursor: cursorSchema.optional() });
/** A page of an export, in the order of the log. */
export const auditExportPageSchema = z.strictObject({
  items: z.array(auditEntrySchema).max(auditExportPageSize),
  nextCursor: cursorSchema.nullable(),
});
/** Query of an export. */
export const auditExportQuerySchema = auditFilterSchema.extend({ format: z.enum(['jsonl', 'csv']).default('jsonl') });

/** Newest first, by the order of the log, which nobody chooses; times are what the services say. */
export const auditEntriesSchema = z.strictObject({
  items: z.array(auditEntrySchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Query of a proof; `treeSize` in entries, the newest tree when unset. */
export const inclusionProofQuerySchema = z.strictObject({ treeSize: z.coerce.number().int().min(1).optional() });

/** RFC 6962 section 2.1.1 audit path with what is needed to check it offline. Hashes are hex. */
export const inclusionProofSchema = z.strictObject({
  index: z.int().min(0),
  treeSize: z.int().min(1),
  /** The exact bytes of the leaf, base64: canonical JSON with the SHA-256 of the body. */
  leaf: z.string().max(90_000),
  /**
   * The exact bytes of the body, base64: what the entry says. Null once it was removed, because its time was over, and for whom it is
   * another person's act that only concerns them.
   */
  body: z.string().max(90_000).nullable(),
  leafHash: z.string().length(64),
  rootHash: z.string().length(64),
  path: z.array(z.string().length(64)).max(64),
  /** C2SP signed note of a checkpoint of `treeSize`. */
  checkpoint: z.string().max(4000),
  /** What the body says to this reader, with sealed fields opened. No part of the proof; null where `body` is. */
  entry: auditEntrySchema.nullable(),
});
export type InclusionProof = z.infer<typeof inclusionProofSchema>;

/** What a proof as a file (C2SP tlog-proof) carries as JSON in its extra line, so that it is complete by itself. */
export const proofExtraSchema = inclusionProofSchema.pick({ leaf: true, body: true });

/** Query of a consistency proof between the trees of two sizes, in entries; `to` is the newest published tree when unset. */
export const consistencyProofQuerySchema = z.strictObject({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1).optional(),
});

/** RFC 6962 section 2.1.2 consistency proof with the signed checkpoints of both sizes. Hashes are hex. */
export const consistencyProofSchema = z.strictObject({
  from: z.int().min(1),
  to: z.int().min(1),
  path: z.array(z.string().length(64)).max(64),
  checkpoints: z.tuple([z.string().max(4000), z.string().max(4000)]),
});
export type ConsistencyProof = z.infer<typeof consistencyProofSchema>;

/** Keys that the log's checkpoints are signed and cosigned with, as C2SP verifier keys. */
export const logKeysSchema = z.strictObject({ log: z.string().max(500), witness: z.string().max(500) });
export type LogKeys = z.infer<typeof logKeysSchema>;
