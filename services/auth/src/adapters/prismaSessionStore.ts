import { authenticationMethodSchema, sessionLimit } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { Prisma, PrismaClient, RefreshToken } from '../../generated/prisma/client.ts';
import { maximumGraceGenerations, type RefreshGeneration } from '../domain/session.ts';
import type { SessionClient, SessionOwner, SessionStore, StoredRefreshToken } from '../ports/sessionStore.ts';
import { isLockedWhileActive } from './activeAccount.ts';
import { recordOf } from './prismaAccountStore.ts';
import { recordEventsIn } from './recordEvents.ts';

const sessionRowsSchema = z.array(z.strictObject({ session_id: z.string(), user_id: z.string() })).max(1);
const accessRowsSchema = z
  .array(z.strictObject({ access_version: z.int(), authenticated_at: z.date().nullable() }))
  .max(1);
const methodsSchema = z.array(authenticationMethodSchema);

/** Sessions and refresh tokens in PostgreSQL. */
export function createPrismaSessionStore(prisma: PrismaClient): SessionStore {
  return {
    open: ({ session, refreshToken, proof, client, device, now, events, eventsOfEnded }) =>
      prisma.$transaction(async (transaction) => {
        // They were active when their proof was checked; in between they may have been suspended or deleted.
        if (!(await isLockedWhileActive(transaction, session.userId)))
          throw new ProblemError('auth.invalid-credentials');
        await transaction.device.upsert({
          where: { id: device.id },
          create: {
            id: device.id,
            userId: session.userId,
            tokenHash: device.tokenHash,
            createdAt: now,
            lastUsedAt: now,
          },
          update: { lastUsedAt: now },
        });
        await transaction.session.create({
          data: {
            id: session.sessionId,
            userId: session.userId,
            createdAt: now,
            lastUsedAt: now,
            authenticatedAt: proof.authenticatedAt,
            methods: [...proof.methods],
            deviceId: device.id,
            ...client,
          },
        });
        await transaction.refreshToken.create({
          data: {
            tokenHash: refreshToken.hash,
            sessionId: session.sessionId,
            generation: 0,
            createdAt: now,
            expiresAt: refreshToken.expiresAt,
          },
        });
        const surplus = await endSurplus(transaction, session.userId, now);
        await recordEventsIn(transaction, [...surplus.flatMap(eventsOfEnded), ...events]);
      }),
    async liveAccess(sessionId, now) {
      const rows = await prisma.$queryRaw`
        SELECT users.access_version, sessions.authenticated_at
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.id = ${sessionId} AND sessions.revoked_at IS NULL AND users.status = 'active'
        UNION ALL
        SELECT users.access_version, NULL
        FROM api_keys JOIN users ON users.id = api_keys.user_id
        WHERE api_keys.id = ${sessionId} AND api_keys.revoked_at IS NULL AND api_keys.expires_at > ${now}
          AND users.status = 'active'`;
      const [row] = accessRowsSchema.parse(rows);
      return row ? { accessVersion: row.access_version, authenticatedAt: row.authenticated_at } : null;
    },
    async findWithAccount(sessionId) {
      const found = await prisma.session.findUnique({
        where: { id: sessionId, revokedAt: null },
        include: { user: true },
      });
      const record = recordOf(found?.user ?? null);
      if (!found || record?.status !== 'active') return null;
      return { record, methods: methodsSchema.parse(found.methods), authenticatedAt: found.authenticatedAt };
    },
    rotate: ({ eventsFor, ...rotation }) =>
      prisma.$transaction(async (transaction) => {
        const session = await rotateInOneStatement(transaction, rotation);
        if (session) await recordEventsIn(transaction, eventsFor(session));
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
        if (count === 1) await recordEventsIn(transaction, events);
        return count === 1;
      }),
  };
}

/** Ends what a person has beyond the limit, the session used longest ago first. */
async function endSurplus(transaction: Prisma.TransactionClient, userId: string, now: Date): Promise<SessionOwner[]> {
  const surplus = await transaction.session.findMany({
    where: { userId, revokedAt: null },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
    skip: sessionLimit,
    select: { id: true },
  });
  if (surplus.length === 0) return [];
  await transaction.session.updateMany({
    where: { id: { in: surplus.map(({ id }) => id) }, revokedAt: null },
    data: { revokedAt: now },
  });
  return surplus.map(({ id }) => ({ sessionId: id, userId }));
}

/**
 * Rotation has to be one statement: between a read and a write a second request would pass, and both would mint a
 * successor. The lock on the session makes a revocation at the same moment come wholly before or wholly after.
 */
async function rotateInOneStatement(
  transaction: Prisma.TransactionClient,
  rotation: {
    readonly tokenHash: Uint8Array<ArrayBuffer>;
    readonly successor: StoredRefreshToken;
    readonly client: string;
    readonly from: SessionClient;
    readonly now: Date;
  },
): Promise<SessionOwner | null> {
  const { tokenHash, successor, client, from, now } = rotation;
  const rows = await transaction.$queryRaw`
    WITH used AS (
      UPDATE refresh_tokens SET used_at = ${now}, used_by_client = decode(${client}, 'hex')
      WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > ${now}
      RETURNING session_id, generation
    ), live AS (
      UPDATE sessions SET last_used_at = ${now}, user_agent = ${from.userAgent}, address = ${from.address}
      FROM used, users
      WHERE sessions.id = used.session_id AND sessions.revoked_at IS NULL
        AND users.id = sessions.user_id AND users.status = 'active'
      RETURNING sessions.id, sessions.user_id, used.generation
    ), successor AS (
      INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
      SELECT ${successor.hash}, live.id, live.generation + 1, ${now}, ${successor.expiresAt} FROM live
    )
    SELECT id AS session_id, user_id FROM live`;
  const [row] = sessionRowsSchema.parse(rows);
  return row ? { sessionId: row.session_id, userId: row.user_id } : null;
}

function generationOf({ generation, expiresAt, usedAt, usedByClient }: RefreshToken): RefreshGeneration {
  return { generation, expiresAt, usedAt, usedByClient: usedByClient && Buffer.from(usedByClient).toString('hex') };
}
