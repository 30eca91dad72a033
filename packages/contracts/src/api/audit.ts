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
import { countSchema, instantSchema, oneOf, pageSizeSchema, positiveCountSchema } from '../leaves.ts';
import { cursorSchema } from './common.ts';

const printableSchema = annotated(z.string().regex(/^[\x21-\x7e]{1,100}$/), 'audit.trail');
/** Nothing was logged before; the calendar of databases begins with the year 1, that of ISO 8601 with 0. */
const searchTimeSchema = instantSchema.refine((time) => time >= '1970', 'must not be before 1970');

const hashSchema = annotated(z.string().length(64), 'protocol.public');
const checkpointSchema = annotated(z.string().max(4000), 'protocol.public');
const verifierKeySchema = annotated(z.string().max(500), 'protocol.public');
const treeSizeQuerySchema = annotated(z.coerce.number().int().min(1), 'protocol.public');

/**
 * A field that is sealed in the entry (AUD-4). `opened`: its value stands in its place; otherwise there is null. `erased`: the key was
 * destroyed with the person's data. `broken`: the sealed bytes are not what was sealed for this place.
 */
export const auditSealedFieldSchema = z.strictObject({
  field: auditPersonalFieldSchema,
  state: oneOf(['opened', 'erased', 'broken']),
});
export type AuditSealedField = z.infer<typeof auditSealedFieldSchema>;

/** An entry of the log as a reader sees it. `index` counts from 0; `leafHash` is RFC 6962 section 2.1, hex. */
export const auditEntrySchema = z.strictObject({
  index: countSchema,
  eventId: annotated(z.string().max(64), 'protocol.internal'),
  time: instantSchema,
  leafHash: hashSchema,
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
  category: oneOf(auditCategories).optional(),
  service: oneOf(appIds).optional(),
  /** Id of what was acted on. */
  object: printableSchema.optional(),
  outcome: oneOf(['success', 'failure']).optional(),
  /** From this time on. */
  from: searchTimeSchema.optional(),
  /** Before this time. */
  to: searchTimeSchema.optional(),
  /** IP address with its last part zeroed, as entries hold it. */
  address: annotated(
    z
      .string()
      .max(64)
      .regex(/^[\d.:a-f]+$/),
    'audit.trail',
  ).optional(),
  /** W3C trace id. */
  trace: annotated(z.string().regex(/^[\da-f]{32}$/), 'protocol.internal').optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/**
 * What the edge says of where a request comes from. `closed`: from where the console is not reached, so that nobody sees more of the trail
 * than their own, whatever their role (K8S-3). It only takes away: nothing is gained by making it up.
 */
export const consoleHeadersSchema = z.object({
  'x-console': annotated(z.literal('closed'), 'protocol.internal').optional(),
});

/** The filter that is left of what was asked for. */
export function filterFrom<F extends Pick<AuditFilter, 'scope'>>(
  headers: z.infer<typeof consoleHeadersSchema>,
  asked: F,
): F {
  return headers['x-console'] === 'closed' ? { ...asked, scope: 'own' } : asked;
}

/** Query of a page of the trail. A page may be shorter than `limit` though there are more, when its entries are long. */
export const auditEntriesQuerySchema = auditFilterSchema.extend({
  limit: pageSizeSchema(100, 50),
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
export const auditExportQuerySchema = auditFilterSchema.extend({ format: oneOf(['jsonl', 'csv']).default('jsonl') });

/** Newest first, by the order of the log, which nobody chooses; times are what the services say. */
export const auditEntriesSchema = z.strictObject({
  items: z.array(auditEntrySchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Query of a proof; `treeSize` in entries, the newest tree when unset. */
export const inclusionProofQuerySchema = z.strictObject({ treeSize: treeSizeQuerySchema.optional() });

/** RFC 6962 section 2.1.1 audit path with what is needed to check it offline. Hashes are hex. */
export const inclusionProofSchema = z.strictObject({
  index: countSchema,
  treeSize: positiveCountSchema,
  /** The exact bytes of the leaf, base64: canonical JSON with the SHA-256 of the body. */
  leaf: annotated(z.string().max(90_000), 'protocol.public'),
  /**
   * The exact bytes of the body, base64: what the entry says. Null once it was removed, because its time was over, and for whom it is
   * another person's act that only concerns them.
   */
  body: annotated(z.string().max(90_000), 'audit.trail').nullable(),
  leafHash: hashSchema,
  rootHash: hashSchema,
  path: z.array(hashSchema).max(64),
  /** C2SP signed note of a checkpoint of `treeSize`. */
  checkpoint: checkpointSchema,
  /** What the body says to this reader, with sealed fields opened. No part of the proof; null where `body` is. */
  entry: auditEntrySchema.nullable(),
});
export type InclusionProof = z.infer<typeof inclusionProofSchema>;

/** What a proof as a file (C2SP tlog-proof) carries as JSON in its extra line, so that it is complete by itself. */
export const proofExtraSchema = inclusionProofSchema.pick({ leaf: true, body: true });

/** Query of a consistency proof between the trees of two sizes, in entries; `to` is the newest published tree when unset. */
export const consistencyProofQuerySchema = z.strictObject({
  from: treeSizeQuerySchema,
  to: treeSizeQuerySchema.optional(),
});

/** RFC 6962 section 2.1.2 consistency proof with the signed checkpoints of both sizes. Hashes are hex. */
export const consistencyProofSchema = z.strictObject({
  from: positiveCountSchema,
  to: positiveCountSchema,
  path: z.array(hashSchema).max(64),
  checkpoints: z.tuple([checkpointSchema, checkpointSchema]),
});
export type ConsistencyProof = z.infer<typeof consistencyProofSchema>;

/** Keys that the log's checkpoints are signed and cosigned with, as C2SP verifier keys. */
export const logKeysSchema = z.strictObject({ log: verifierKeySchema, witness: verifierKeySchema });
export type LogKeys = z.infer<typeof logKeysSchema>;
