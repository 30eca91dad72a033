import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { maximumProofs, ticketLifeSeconds } from '../domain/ticket.ts';
import type { TicketStore } from '../ports/ticketStore.ts';
import { recordEvents } from './recordEvents.ts';

const takenRowsSchema = z.array(z.strictObject({ challenge: z.string().nullable() })).max(1);
const countedRowsSchema = z
  .array(z.strictObject({ user_id: z.string(), password_mark: z.instanceof(Uint8Array) }))
  .max(1);

/** Tickets in PostgreSQL. */
export function createPrismaTicketStore(prisma: PrismaClient): TicketStore {
  return {
    async create({ now, ...ticket }, events) {
      const expiresAt = new Date(now.getTime() + ticketLifeSeconds * 1000);
      await prisma.$transaction([
        prisma.ticket.create({ data: { ...ticket, createdAt: now, expiresAt } }),
        ...recordEvents(prisma, events),
      ]);
    },
    async countProof({ tokenHash, now }) {
      const rows = await prisma.$queryRaw`
        UPDATE tickets SET attempts = attempts + 1
        WHERE token_hash = ${tokenHash} AND purpose = 'second-factor' AND expires_at > ${now} AND attempts < ${maximumProofs}
        RETURNING user_id, password_mark`;
      const [row] = countedRowsSchema.parse(rows);
      return row ? { userId: row.user_id, passwordMark: row.password_mark } : null;
    },
    async take({ tokenHash, purpose, userId, sessionId, now }) {
      const rows = await prisma.$queryRaw`
        DELETE FROM tickets
        WHERE token_hash = ${tokenHash} AND purpose = ${purpose} AND expires_at > ${now}
          AND user_id IS NOT DISTINCT FROM ${userId} AND session_id IS NOT DISTINCT FROM ${sessionId}
        RETURNING challenge`;
      const [row] = takenRowsSchema.parse(rows);
      return row ?? null;
    },
  };
}
