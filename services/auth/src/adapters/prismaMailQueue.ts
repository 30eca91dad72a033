import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { MailQueue } from '../ports/mailQueue.ts';
import { queueMail } from './queueMail.ts';
import { recordEvents } from './recordEvents.ts';

const claimedRowsSchema = z
  .array(
    z.strictObject({
      id: z.string(),
      sealed_mail: z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes)),
      attempts: z.int(),
      created_at: z.date(),
    }),
  )
  .max(1);

/** The mail queue in PostgreSQL. */
export function createPrismaMailQueue(prisma: PrismaClient): MailQueue {
  return {
    async add(jobs, events) {
      await prisma.$transaction([queueMail(prisma, jobs), ...recordEvents(prisma, events)]);
    },
    async claim({ now, claimedUntil }) {
      // Nothing stays locked while the mail is on its way: the claim is a time, not a lock.
      const rows = await prisma.$queryRaw`
        UPDATE mail_queue SET attempts = attempts + 1, next_attempt_at = ${claimedUntil}
        WHERE id = (
          SELECT id FROM mail_queue WHERE next_attempt_at <= ${now}
          ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING id, sealed_mail, attempts, created_at`;
      const [row] = claimedRowsSchema.parse(rows);
      return row ? { id: row.id, sealed: row.sealed_mail, createdAt: row.created_at, attempt: row.attempts } : null;
    },
    async retry(id, at) {
      await prisma.mailInQueue.updateMany({ where: { id }, data: { nextAttemptAt: at } });
    },
    async remove(id, events, instead = []) {
      await prisma.$transaction([
        prisma.mailInQueue.deleteMany({ where: { id } }),
        queueMail(prisma, instead),
        ...recordEvents(prisma, events),
      ]);
    },
  };
}
