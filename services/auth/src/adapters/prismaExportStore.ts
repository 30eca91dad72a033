import {
  type AppId,
  appIds,
  type Export,
  exportFailureSchema,
  exportListLimit,
  exportSchema,
  exportStates,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { exportsPerDay } from '../domain/exports.ts';
import type { OwnExports } from '../ports/exportStore.ts';
import { isLockedWhileActive } from './activeAccount.ts';
import { recordEventsIn } from './recordEvents.ts';

const dayMs = 24 * 3_600_000;

const standingRowsSchema = z.tuple([z.object({ open: z.int(), recent: z.int() })]);
const stateRowsSchema = z.array(z.object({ state: z.enum(exportStates), isCurrent: z.boolean() })).max(1);
const chunkRowsSchema = z
  .array(
    z.object({
      exportId: z.string(),
      claim: z.int(),
      chunk: z.int(),
      sealed: z.instanceof(Uint8Array),
      bytes: z.bigint().transform(Number),
      chunks: z.int(),
    }),
  )
  .max(1);
const recordsSchema = z.partialRecord(z.enum(appIds), z.int().min(0));
const progressRowsSchema = z.array(
  z.object({
    exportId: z.string(),
    service: z.enum(appIds),
    records: z.bigint().transform(Number),
    isComplete: z.boolean(),
  }),
);
type ProgressRow = z.infer<typeof progressRowsSchema>[number];

/** Exports of people in PostgreSQL. */
export function createPrismaExportStore(prisma: PrismaClient): OwnExports {
  return {
    request: ({ exportId, userId, now, deadlineAt, events }) =>
      prisma.$transaction(async (transaction) => {
        // One after the other for one person, so that the counts of the next statement are true until the end.
        if (!(await isLockedWhileActive(transaction, userId))) return 'not-active';
        const [{ open, recent }] = standingRowsSchema.parse(
          await transaction.$queryRaw`
            SELECT (count(*) FILTER (WHERE state = 'collecting'))::integer AS open,
              (count(*) FILTER (WHERE requested_at > ${new Date(now.getTime() - dayMs)}))::integer AS recent
            FROM exports WHERE user_id = ${userId}`,
        );
        if (open > 0) return 'under-way';
        if (recent >= exportsPerDay) return 'limit-reached';
        await transaction.export.create({
          data: { id: exportId, userId, state: 'collecting', requestedAt: now, askedAt: now, deadlineAt, lookAt: now },
        });
        await recordEventsIn(transaction, events);
        return 'requested';
      }),

    async list(userId) {
      const found = await prisma.export.findMany({
        where: { userId },
        orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
        take: exportListLimit,
      });
      const open = found.filter(({ state }) => state === 'collecting').map(({ id }) => id);
      const rows = progressRowsSchema.parse(
        await prisma.$queryRaw`
          SELECT export_id AS "exportId", service, sum(records) AS records,
            bool_or(is_last) AND count(*) = max(part) + 1 AS "isComplete"
          FROM export_parts WHERE export_id = ANY(${open}::text[]) GROUP BY export_id, service`,
      );
      return found.map((one) => exportOf(one, rows));
    },

    link: ({ exportId, userId, tokenHash, now, expiresAt, events }) =>
      prisma.$transaction(async (transaction) => {
        const [row] = stateRowsSchema.parse(
          await transaction.$queryRaw`
            SELECT state, coalesce(expires_at > ${now}, false) AS "isCurrent" FROM exports
            WHERE id = ${exportId} AND user_id = ${userId} FOR NO KEY UPDATE`,
        );
        if (!row) return 'not-found';
        if (row.state !== 'ready' || !row.isCurrent) return 'not-ready';
        await transaction.export.update({
          where: { id: exportId },
          data: { linkHash: tokenHash, linkExpiresAt: expiresAt, nextChunk: 0 },
        });
        await recordEventsIn(transaction, events);
        return 'linked';
      }),

    async findChunk({ userId, tokenHash, chunk, now }) {
      const rows = await prisma.$queryRaw`
        SELECT exports.id AS "exportId", exports.claim, exports.bytes, exports.chunks, archive.chunk, archive.sealed
        FROM exports JOIN export_archives AS archive ON archive.export_id = exports.id
          AND archive.claim = exports.claim AND archive.chunk = exports.next_chunk
        WHERE exports.link_hash = ${tokenHash} AND exports.user_id = ${userId} AND exports.state = 'ready'
          AND exports.next_chunk = ${chunk} AND exports.link_expires_at > ${now} AND exports.expires_at > ${now}`;
      return chunkRowsSchema.parse(rows)[0] ?? null;
    },

    takeChunk: ({ userId, tokenHash, chunk, now, openUntil, events }) =>
      prisma.$transaction(async (transaction) => {
        const taken = await transaction.$executeRaw`
          UPDATE exports SET next_chunk = next_chunk + 1, link_expires_at = coalesce(${openUntil}, link_expires_at)
          WHERE link_hash = ${tokenHash} AND user_id = ${userId} AND state = 'ready'
            AND next_chunk = ${chunk} AND link_expires_at > ${now} AND expires_at > ${now}`;
        if (taken === 0) return false;
        await recordEventsIn(transaction, events);
        return true;
      }),
  };
}

interface StoredExport {
  readonly id: string;
  readonly state: string;
  readonly requestedAt: Date;
  readonly deadlineAt: Date;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly failure: string | null;
  readonly failedServices: readonly string[];
  readonly records: unknown;
  readonly bytes: bigint | null;
  readonly sha256: string | null;
}

function exportOf(stored: StoredExport, rows: readonly ProgressRow[]): Export {
  const { id, state, requestedAt, deadlineAt, endedAt, expiresAt, failure, failedServices, bytes, sha256 } = stored;
  return exportSchema.parse({
    id,
    state,
    requestedAt: requestedAt.toISOString(),
    deadlineAt: deadlineAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    bytes: bytes === null ? null : Number(bytes),
    sha256,
    failure: failure === null ? null : { reason: exportFailureSchema.parse(failure), services: failedServices },
    progress: progressOf(stored, rows),
  });
}

/** Of a failed export there is nothing left to tell but why it failed. */
function progressOf({ id, state, records }: StoredExport, rows: readonly ProgressRow[]): Export['progress'] {
  if (state === 'failed') return [];
  if (records !== null) {
    const counts = recordsSchema.parse(records);
    return appIds.map((service) => ({ service, isComplete: true, records: counts[service] ?? 0 }));
  }
  const rowOf = (service: AppId) => rows.find((row) => row.exportId === id && row.service === service);
  return appIds.map((service) => {
    const row = rowOf(service);
    return { service, isComplete: row?.isComplete ?? false, records: row?.records ?? 0 };
  });
}
