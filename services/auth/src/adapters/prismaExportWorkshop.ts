import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { ExportWorkshop } from '../ports/exportStore.ts';
import type { NoticeIn } from './noticesIn.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Archives deleted in one statement: each is at most some hundreds of megabytes. */
const expiredAtATime = 5;

const claimedRowsSchema = z
  .array(z.object({ id: z.string(), userId: z.string(), claim: z.int(), askedAt: z.date(), deadlineAt: z.date() }))
  .max(1);
const openRowsSchema = z.array(z.object({ id: z.string() })).max(1);
const shareRowsSchema = z.array(
  z.object({ service: z.enum(appIds), run: z.int(), parts: z.int(), records: z.bigint().transform(Number) }),
);

/** Exports under way in PostgreSQL. */
export function createPrismaExportWorkshop(prisma: PrismaClient, noticeIn: NoticeIn): ExportWorkshop {
  return {
    keepPart: ({ exportId, userId, service, run, part, isLast, records, sealed }) =>
      prisma.$transaction(async (transaction) => {
        // Locked, so that nothing is added to an export that ends at this moment.
        if (!(await isLockedWhileOpen(transaction, exportId, userId))) return;
        await transaction.$executeRaw`
          DELETE FROM export_parts WHERE export_id = ${exportId} AND service = ${service} AND run < ${run}`;
        await transaction.$executeRaw`
          INSERT INTO export_parts (export_id, service, run, part, is_last, records, sealed)
          SELECT ${exportId}, ${service}, ${run}::integer, ${part}::integer, ${isLast}::boolean, ${records}::integer, ${sealed}
          WHERE NOT EXISTS (
            SELECT FROM export_parts WHERE export_id = ${exportId} AND service = ${service} AND run > ${run}
          )
          ON CONFLICT DO NOTHING`;
      }),

    async claim({ now, claimedUntil }) {
      const rows = await prisma.$queryRaw`
        UPDATE exports SET claim = claim + 1, look_at = ${claimedUntil}
        WHERE id = (
          SELECT id FROM exports WHERE state = 'collecting' AND look_at <= ${now}
          ORDER BY look_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING id, user_id AS "userId", claim, asked_at AS "askedAt", deadline_at AS "deadlineAt"`;
      return claimedRowsSchema.parse(rows)[0] ?? null;
    },

    async putBack({ id, claim }, lookAt) {
      await prisma.export.updateMany({ where: { id, claim }, data: { lookAt } });
    },

    askAgain: ({ id, claim }, now, events) =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.export.updateMany({
          where: { id, claim, state: 'collecting' },
          data: { askedAt: now },
        });
        if (count === 1) await recordEventsIn(transaction, events);
      }),

    async completeShares(exportId) {
      // With numbers that differ, from 0 on, as many as the last one says are all of them.
      const rows = await prisma.$queryRaw`
        SELECT service, run, count(*)::integer AS parts, sum(records) AS records FROM export_parts
        WHERE export_id = ${exportId} GROUP BY service, run
        HAVING count(*) = max(part) + 1 AND count(*) FILTER (WHERE is_last) = 1
          AND max(part) FILTER (WHERE is_last) = max(part)`;
      return shareRowsSchema.parse(rows);
    },

    async readPart(exportId, { service, run }, part) {
      const where = { exportId_service_run_part: { exportId, service, run, part } };
      return await prisma.exportPart.findUniqueOrThrow({ where, select: { records: true, sealed: true } });
    },

    async addChunk({ id, claim }, { chunk, sealed }, claimedUntil) {
      const added = await prisma.$executeRaw`
        WITH mine AS (
          UPDATE exports SET look_at = ${claimedUntil}
          WHERE id = ${id} AND claim = ${claim} AND state = 'collecting' RETURNING id
        )
        INSERT INTO export_archives (export_id, claim, chunk, sealed)
        SELECT id, ${claim}::integer, ${chunk}::integer, ${sealed} FROM mine`;
      return added === 1;
    },

    finish: ({ id, claim, userId }, { now, ...archive }, events) =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.export.updateMany({
          where: { id, claim, state: 'collecting' },
          data: { ...archive, records: { ...archive.records }, state: 'ready', endedAt: now },
        });
        if (count === 0) return false;
        await transaction.exportPart.deleteMany({ where: { exportId: id } });
        await transaction.exportArchive.deleteMany({ where: { exportId: id, claim: { not: claim } } });
        await recordEventsIn(transaction, events);
        await noticeIn(transaction, 'export-ready', userId);
        return true;
      }),

    fail: ({ exportId, userId, reason, services, now, events }) =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.export.updateMany({
          where: { id: exportId, userId, state: 'collecting' },
          data: { state: 'failed', failure: reason, failedServices: [...services], endedAt: now },
        });
        if (count === 0) return;
        await transaction.exportPart.deleteMany({ where: { exportId } });
        await transaction.exportArchive.deleteMany({ where: { exportId } });
        await recordEventsIn(transaction, events);
        await noticeIn(transaction, 'export-failed', userId);
      }),

    async expire(now) {
      await prisma.$executeRaw`
        WITH gone AS (
          UPDATE exports SET state = 'expired', link_hash = NULL, link_expires_at = NULL
          WHERE id = ANY(ARRAY(
            SELECT id FROM exports WHERE state = 'ready' AND expires_at <= ${now}
            ORDER BY expires_at LIMIT ${expiredAtATime} FOR UPDATE SKIP LOCKED
          ))
          RETURNING id
        )
        DELETE FROM export_archives USING gone WHERE export_archives.export_id = gone.id`;
    },
  };
}

async function isLockedWhileOpen(
  transaction: Prisma.TransactionClient,
  exportId: string,
  userId: string,
): Promise<boolean> {
  const rows = await transaction.$queryRaw`
    SELECT id FROM exports WHERE id = ${exportId} AND user_id = ${userId} AND state = 'collecting' FOR NO KEY UPDATE`;
  return openRowsSchema.parse(rows).length === 1;
}
