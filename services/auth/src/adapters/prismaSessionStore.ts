import { authenticationMethodSchema, sessionLimit } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { Prisma, PrismaClient, RefreshToken } from '../../generated/prisma/client.ts';
import { knownDeviceLimit, maximumGraceGenerations, type RefreshGeneration } from '../domain/session.ts';
import type { SessionClient, SessionStore, SessionWithAccount, StoredRefreshToken } from '../ports/sessionStore.ts';
import { endSessionsIn, forgetDevicesIn, lockPerson, withdrawEmailChangesIn } from './endSessions.ts';
import type { NoticeIn } from './noticesIn.ts';
import { recordOf } from './prismaAccountStore.ts';
import { raiseAccessVersion } from './raiseAccessVersion.ts';
import { recordEventsIn } from './recordEvents.ts';

const idRowsSchema = z.array(z.strictObject({ id: z.string() }));
const accessRowsSchema = z
  .array(z.strictObject({ access_version: z.int(), authenticated_at: z.date().nullable() }))
  .max(1);
const methodsSchema = z.array(authenticationMethodSchema);
const rotatedRowsSchema = z
  .array(
    z.strictObject({
      session_id: z.string(),
      methods: methodsSchema,
      authenticated_at: z.date(),
      id: z.string(),
      email: z.string(),
      email_verified: z.boolean(),
      name: z.string(),
      password_hash: z.string().nullable(),
      roles: z.array(z.string()),
      status: z.string(),
      access_version: z.int(),
      created_at: z.date(),
    }),
  )
  .max(1);

/** Sessions and refresh tokens in PostgreSQL; the owner of a password is told by mail when it changes. */
export function createPrismaSessionStore(prisma: PrismaClient, noticeIn: NoticeIn): SessionStore {
  return {
    open: ({ events, eventsOfEnded, ...opening }) =>
      prisma.$transaction(async (transaction) => {
        if (!(await openInOneStatement(transaction, opening))) return false;
        const surplus = await endSurplus(transaction, opening.session.userId, opening.now);
        await forgetSurplusDevices(transaction, opening.session.userId);
        await recordEventsIn(transaction, [...surplus.flatMap(eventsOfEnded), ...events]);
        return true;
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
      const { userId, authenticatedAt } = found;
      return { session: { sessionId, userId }, record, methods: methodsSchema.parse(found.methods), authenticatedAt };
    },
    async list(userId, now) {
      const found = await prisma.session.findMany({
        where: { userId, revokedAt: null, refreshTokens: { some: { usedAt: null, expiresAt: { gt: now } } } },
        orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
        take: sessionLimit,
      });
      return found.map(({ id, createdAt, lastUsedAt, methods, userAgent, address }) => ({
        id,
        createdAt,
        lastUsedAt,
        methods: methodsSchema.parse(methods),
        userAgent,
        address,
      }));
    },
    rotate: ({ eventsFor, ...rotation }) =>
      prisma.$transaction(async (transaction) => {
        const rotated = await rotateInOneStatement(transaction, rotation);
        if (rotated) await recordEventsIn(transaction, eventsFor(rotated.session));
        return rotated;
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
    revoke: ({ session: { sessionId, userId }, forgetsDevice = false, now, events }) =>
      prisma.$transaction(async (transaction) => {
        // A device is of several sessions: whoever touches more than one locks their person first.
        if (forgetsDevice) await lockPerson(transaction, userId);
        const { count } = await transaction.session.updateMany({
          where: { id: sessionId, revokedAt: null },
          data: { revokedAt: now },
        });
        if (count === 0) return false;
        if (forgetsDevice) await transaction.device.deleteMany({ where: { sessions: { some: { id: sessionId } } } });
        await recordEventsIn(transaction, events);
        return true;
      }),
    end: ({ asking: { userId, sessionId }, toEnd, now, eventsFor }) =>
      prisma.$transaction(async (transaction) => {
        await lockPerson(transaction, userId);
        const only = toEnd.which === 'one' ? toEnd.sessionId : null;
        const except = toEnd.which === 'others' ? sessionId : null;
        const ended = await endSessionsIn(transaction, { userId, only, except, now });
        if (only !== null && ended.length === 0) return false;
        await forgetDevicesIn(transaction, { userId, only, except: toEnd.which === 'all' ? null : sessionId });
        if (toEnd.which === 'all') await withdrawEmailChangesIn(transaction, userId);
        const accessVersion = toEnd.which === 'all' ? await raiseAccessVersion(transaction, userId) : null;
        await recordEventsIn(transaction, eventsFor(ended, accessVersion));
        return true;
      }),
    changePassword: ({ asking: { userId, sessionId }, from, to, now, eventsFor }) =>
      prisma.$transaction(async (transaction) => {
        const { count } = await transaction.user.updateMany({
          where: { id: userId, passwordHash: from, status: 'active' },
          data: { passwordHash: to },
        });
        if (count === 0) return false;
        const ended = await endSessionsIn(transaction, { userId, only: null, except: sessionId, now });
        await forgetDevicesIn(transaction, { userId, only: null, except: sessionId });
        // A change of address that an intruder asked for would give them the account back.
        await transaction.emailLink.deleteMany({ where: { userId, purpose: { not: 'verify-email' } } });
        await recordEventsIn(transaction, eventsFor(ended));
        await noticeIn(transaction, 'password-changed', userId);
        return true;
      }),
  };
}

type Opening = Omit<Parameters<SessionStore['open']>[0], 'events' | 'eventsOfEnded'>;

/**
 * Opens a session of an account that is still what its owner proved themselves for: the lock on the account makes a change of the
 * password at the same moment come wholly before, and then there is no session, or wholly after, and then it ends this one.
 */
async function openInOneStatement(transaction: Prisma.TransactionClient, opening: Opening): Promise<boolean> {
  const { session, record, refreshToken, proof, client, device, now } = opening;
  const rows = await transaction.$queryRaw`
    WITH owner AS (
      SELECT id FROM users
      WHERE id = ${session.userId} AND status = 'active' AND access_version = ${record.accessVersion}
        AND password_hash IS NOT DISTINCT FROM ${record.passwordHash}
      FOR NO KEY UPDATE
    ), known AS (
      INSERT INTO devices (id, user_id, token_hash, created_at, last_used_at)
      SELECT ${device.id}, owner.id, ${device.tokenHash}, ${now}, ${now} FROM owner
      ON CONFLICT (id) DO UPDATE SET last_used_at = excluded.last_used_at
      RETURNING id, user_id
    ), opened AS (
      INSERT INTO sessions (id, user_id, created_at, last_used_at, authenticated_at, methods, user_agent, address, device_id)
      SELECT ${session.sessionId}, known.user_id, ${now}, ${now}, ${proof.authenticatedAt}, ${[...proof.methods]}::text[],
        ${client.userAgent}, ${client.address}, known.id FROM known
      RETURNING id
    ), first_token AS (
      INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
      SELECT ${refreshToken.hash}, opened.id, 0, ${now}, ${refreshToken.expiresAt} FROM opened
    )
    SELECT id FROM opened`;
  return idRowsSchema.parse(rows).length === 1;
}

/** Ends what a person has beyond the limit, the session used longest ago first, and forgets devices that nobody is signed in on. */
async function endSurplus(transaction: Prisma.TransactionClient, userId: string, now: Date) {
  const rows = await transaction.$queryRaw`
    UPDATE sessions SET revoked_at = ${now}
    WHERE id IN (
      SELECT id FROM sessions WHERE user_id = ${userId} AND revoked_at IS NULL
      ORDER BY last_used_at DESC, id DESC OFFSET ${sessionLimit}
    )
    RETURNING id`;
  const surplus = idRowsSchema.parse(rows).map(({ id }) => ({ sessionId: id, userId }));
  if (surplus.length > 0) {
    await transaction.device.deleteMany({ where: { userId, sessions: { none: { revokedAt: null } } } });
  }
  return surplus;
}

/** Whoever signs in without showing a device, and out again, leaves a new one each time. */
async function forgetSurplusDevices(transaction: Prisma.TransactionClient, userId: string): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM devices WHERE id IN (
      SELECT id FROM devices
      WHERE user_id = ${userId}
        AND NOT EXISTS (SELECT FROM sessions WHERE sessions.device_id = devices.id AND sessions.revoked_at IS NULL)
      ORDER BY last_used_at DESC, id DESC OFFSET ${knownDeviceLimit}
    )`;
}

/**
 * Rotation has to be one statement: between a read and a write a second request would pass, and both would mint a
 * successor. The lock on the session makes a revocation at the same moment come wholly before or wholly after. It answers
 * all that the new tokens say, because a second question would cost as much as the rotation itself.
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
): Promise<SessionWithAccount | null> {
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
      RETURNING sessions.id AS session_id, sessions.methods, sessions.authenticated_at, used.generation, users.id, users.email,
        users.email_verified, users.name, users.password_hash, users.roles, users.status, users.access_version, users.created_at
    ), successor AS (
      INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
      SELECT ${successor.hash}, live.session_id, live.generation + 1, ${now}, ${successor.expiresAt} FROM live
    )
    SELECT session_id, methods, authenticated_at, id, email, email_verified, name, password_hash, roles, status, access_version,
      created_at
    FROM live`;
  const [row] = rotatedRowsSchema.parse(rows);
  if (!row) return null;
  const { session_id: sessionId, methods, authenticated_at: authenticatedAt, ...user } = row;
  const record = recordOf({
    ...user,
    emailVerified: user.email_verified,
    passwordHash: user.password_hash,
    accessVersion: user.access_version,
    createdAt: user.created_at,
  });
  return record && { session: { sessionId, userId: record.account.id }, record, methods, authenticatedAt };
}

function generationOf({ generation, expiresAt, usedAt, usedByClient }: RefreshToken): RefreshGeneration {
  return { generation, expiresAt, usedAt, usedByClient: usedByClient && Buffer.from(usedByClient).toString('hex') };
}
