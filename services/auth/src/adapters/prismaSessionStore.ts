import { addToOutbox } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { Prisma, PrismaClient, RefreshToken } from '../../generated/prisma/client.ts';
import { maximumGraceGenerations, type RefreshGeneration } from '../domain/session.ts';
import type { SessionOwner, SessionStore, StoredRefreshToken } from '../ports/sessionStore.ts';

const rotatedRowsSchema = z.array(z.strictObject({ session_id: z.string(), user_id: z.string() })).max(1);

/** Sessions and refresh tokens in PostgreSQL. */
export function createPrismaSessionStore(prisma: PrismaClient): SessionStore {
  return {
    async open({ session, refreshToken, now, events }) {
      await prisma.$transaction([
        prisma.session.create({ data: { id: session.sessionId, userId: session.userId, createdAt: now } }),
        prisma.refreshToken.create({
          data: {
            tokenHash: refreshToken.hash,
            sessionId: session.sessionId,
            generation: 0,
            createdAt: now,
            expiresAt: refreshToken.expiresAt,
          },
        }),
        addToOutbox(prisma, events),
      ]);
    },
    async isLive(sessionId) {
      return (await prisma.session.count({ where: { id: sessionId, revokedAt: null } })) === 1;
    },
    rotate: ({ eventsFor, ...rotation }) =>
      prisma.$transaction(async (transaction) => {
        const session = await rotateInOneStatement(transaction, rotation);
        if (session) await addToOutbox(transaction, eventsFor(session));
        return session;
      }),
    async findUsed(tokenHash) {
      const found = await prisma.refreshToken.findUnique({
        where: { tokenHash, usedAt: { not: null }, session: { revokedAt: null } },
        include: { session: true },
      });
      if (!found) return null;
      const chain = await prisma.refreshToken.findMany({
        where: { sessionId: found.sessionId, generation: { gte: found.generation } },
        orderBy: { generation: 'asc' },
        take: maximumGraceGenerations,
      });
      return { sessionId: found.sessionId, userId: found.session.userId, chain: chain.map(generationOf) };
    },
    revoke: ({ sessionId, now, events }) =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.session.updateMany({
          where: { id: sessionId, revokedAt: null },
          data: { revokedAt: now },
        });
        if (count === 1) await addToOutbox(transaction, events);
        return count === 1;
      }),
  };
}

/**
 * Rotation has to be one statement: between a read and a write a second request would pass, and both would mint a
 * successor. The share lock on the session makes a revocation at the same moment come wholly before or wholly after.
 */
async function rotateInOneStatement(
  transaction: Prisma.TransactionClient,
  rotation: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly successor: StoredRefreshToken;
    readonly client: string;
    readonly now: Date;
  },
): Promise<SessionOwner | null> {
  const { tokenHash, successor, client, now } = rotation;
  const rows = await transaction.$queryRaw`
    WITH used AS (
      UPDATE refresh_tokens SET used_at = ${now}, used_by_client = decode(${client}, 'hex')
      WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > ${now}
      RETURNING session_id, generation
    ), live AS (
      SELECT sessions.id, sessions.user_id, used.generation
      FROM used JOIN sessions ON sessions.id = used.session_id
      WHERE sessions.revoked_at IS NULL
      FOR SHARE OF sessions
    ), successor AS (
      INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
      SELECT ${successor.hash}, live.id, live.generation + 1, ${now}, ${successor.expiresAt} FROM live
    )
    SELECT id AS session_id, user_id FROM live`;
  const [row] = rotatedRowsSchema.parse(rows);
  return row ? { sessionId: row.session_id, userId: row.user_id } : null;
}

function generationOf({ generation, expiresAt, usedAt, usedByClient }: RefreshToken): RefreshGeneration {
  return { generation, expiresAt, usedAt, usedByClient: usedByClient && Buffer.from(usedByClient).toString('hex') };
}
