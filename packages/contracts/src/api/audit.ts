import { z } from 'zod';
import { auditActionSchema, auditEventDataSchema } from '../events/auditEvent.ts';
import { cursorSchema } from './common.ts';

/** An entry of the log as a reader sees it. `index` counts from 0; `leafHash` is RFC 6962 section 2.1, hex. */
export const auditEntrySchema = z.strictObject({
  index: z.int().min(0),
  eventId: z.string().max(64),
  time: z.iso.datetime(),
  leafHash: z.string().length(64),
  event: auditEventDataSchema,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Query of a page of one's trail. */
export const auditEntriesQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** A name and no free text: the search itself is an entry, which nobody can take back. */
  action: auditActionSchema.optional(),
  cursor: cursorSchema.optional(),
});

/** Newest first. */
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
  /** The exact bytes of the leaf, base64. */
  entry: z.string().max(90_000),
  leafHash: z.string().length(64),
  rootHash: z.string().length(64),
  path: z.array(z.string().length(64)).max(64),
  /** C2SP signed note of a checkpoint of `treeSize`. */
  checkpoint: z.string().max(2000),
});
export type InclusionProof = z.infer<typeof inclusionProofSchema>;
