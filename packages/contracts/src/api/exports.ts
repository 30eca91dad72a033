import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { oneOf } from '../leaves.ts';

/** How far an export is: parts come in; the archive is whole; something is missing and nothing is handed out; the archive is gone. */
export const exportStates = ['collecting', 'ready', 'failed', 'expired'] as const;

/**
 * Why there is no archive: a service holds more than fits; it could not read what it holds; what it sent does not open, or is not what it
 * said; the person was erased meanwhile; not everything was there in time.
 */
export const exportFailures = ['too-large', 'unreadable', 'broken', 'erased', 'deadline'] as const;
/** Why an export failed, or why a service cannot give its share. */
export const exportFailureSchema = annotated(z.enum(exportFailures), 'account.privacy');
export type ExportFailure = z.infer<typeof exportFailureSchema>;

/** Every service must have given its share by then; later than this nobody waits any more. */
export const exportDeadlineMs = 15 * 60_000;
/** Most things of one person that a service gives out: some years of a busy person's trail. */
export const exportRecordLimit = 200_000;
/** Most that a service gives out, in bytes of JSON. */
export const exportByteLimit = 64 * 1024 * 1024;
/**
 * Most JSON in one part, in bytes, unless a single record is larger. Sealed and in base64 it is some 140 KB: Kafka takes 1 MB, and a batch
 * of the outbox holds 200 of them in memory.
 */
export const exportPartBytes = 100_000;
/** The largest single record, such as a reply that lists hundreds of tasks: sealed and in base64 it still fits into an event. */
export const exportLargestRecordBytes = 280_000;
/** Parts that the shares above can come to, however badly their records fill them. */
export const exportPartLimit = 2_000;

const exportIdSchema = annotated(idSchema('export'), 'protocol.internal');
const momentSchema = annotated(z.iso.datetime(), 'account.privacy');

/** How far one service is: `records` counts what has come from it. */
const exportProgressSchema = z.strictObject({
  service: oneOf(appIds),
  isComplete: annotated(z.boolean(), 'account.privacy'),
  records: annotated(z.int().min(0), 'account.privacy'),
});

/** An export of everything that is kept of a person, as they see it (PRIV-3). */
export const exportSchema = z.strictObject({
  id: exportIdSchema,
  state: annotated(z.enum(exportStates), 'account.privacy'),
  requestedAt: momentSchema,
  /** When it fails unless it is whole. */
  deadlineAt: momentSchema,
  /** When it became whole or failed. */
  endedAt: momentSchema.nullable(),
  /** When the archive is deleted. */
  expiresAt: momentSchema.nullable(),
  /** Length of the archive. */
  bytes: annotated(z.int().min(1), 'account.privacy').nullable(),
  /** The hash over the hashes of the archive's manifest; it is in the audit log too. */
  sha256: annotated(z.string().regex(/^[0-9a-f]{64}$/), 'account.privacy').nullable(),
  failure: z
    .strictObject({
      reason: exportFailureSchema,
      /** Whose share is missing. */
      services: z.array(oneOf(appIds)).max(appIds.length),
    })
    .nullable(),
  progress: z.array(exportProgressSchema).max(appIds.length),
});
export type Export = z.infer<typeof exportSchema>;

/** Exports that a person sees at most: the newest. */
export const exportListLimit = 10;
/** A person's exports, newest first. */
export const exportsSchema = z.strictObject({ items: z.array(exportSchema).max(exportListLimit) });

/** Names an export in a path. */
export const exportParamsSchema = z.strictObject({ id: exportIdSchema });

/** Opens one archive once: 32 random bytes in base64url. Never in a URL, because spans and histories hold those. */
const exportTokenSchema = annotated(z.string().regex(/^[\w-]{43}$/), 'account.credential');

/** A link to an archive. */
export const exportLinkSchema = z.strictObject({ token: exportTokenSchema, expiresAt: momentSchema });

/** Asks for the archive of a link. */
export const downloadExportRequestSchema = z.strictObject({ token: exportTokenSchema });

/** Chunks that an archive may have. */
const exportChunkLimit = 1_000;
/** Asks `auth` for a chunk of an archive: each once, in their order from 0, which uses up the link. */
export const exportChunkRequestSchema = z.strictObject({
  token: exportTokenSchema,
  chunk: annotated(
    z
      .int()
      .min(0)
      .max(exportChunkLimit - 1),
    'protocol.internal',
  ),
});
/** Headers beside a chunk: bytes and chunks of the whole archive. */
export const exportChunkHeaders = { bytes: 'x-export-bytes', chunks: 'x-export-chunks' } as const;
