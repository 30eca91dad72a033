import { authenticationMethodSchema, sessionLimit } from '@todo-chatbot/contracts';
import type { PersonBox } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { Prisma, type PrismaClient, type RefreshToken } from '../../generated/prisma/client.ts';
import { knownDeviceLimit, maximumGraceGenerations, type RefreshGeneration } from '../domain/session.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { SessionClient, SessionStore, SessionWithAccount, StoredRefreshToken } from '../ports/sessionStore.ts';
import { accountColumns, accountRowSchema, bytesSchema, openAccount } from './accountRows.ts';
import { endSessionsIn, forgetDevicesIn, lockPerson, withdrawEmailChangesIn } from './endSessions.ts';
import type { NoticeIn } from './noticesIn.ts';
import { raiseAccessVersion } from './raiseAccessVersion.ts';
import { recordEventsIn } from './recordEvents.ts';

const idRowsSchema = z.array(z.strictObject({ id: z.string() }));
const accessRowsSchema = z
  .array(z.strictObject({ access_version: z.int(), authenticated_at: z.date().nullable() }))
  .max(1);
const methodsSchema = z.array(authenticationMethodSchema);
const sessionRowSchema = accountRowSchema.extend({
  session_id: z.string(),
  methods: methodsSchema,
  authenticated_at: z.date(),
  user_agent: bytesSchema.nullable(),
  address: bytesSchema.nullable(),
});
const sessionRowsSchema = z.array(sessionRowSchema).max(1);

/** Sessions and refresh tokens in PostgreSQL; the owner of a password is told by mail when it changes. */
export function createPrismaSessionStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: OwnBoxes;
  readonly noticeIn: NoticeIn;
}): SessionStore {
  const { prisma, boxes, noticeIn } = options;

  function withAccount(row: z.infer<typeof sessionRowSchema>): SessionWithAccount {
    const { session_id: sessionId, methods, authenticated_at: authenticatedAt } = row;
    return { session: { sessionId, userId: row.id }, record: openAccount(boxes, row), methods, authenticatedAt };
  }

  /** Notes where a session is used from; most refreshes come from where the last one came from, and then there is nothing to write. */
  async function noteClient(
    transaction: Prisma.TransactionClient,
    row: z.infer<typeof sessionRowSchema>,
    from: SessionClient,
  ): Promise<void> {
    const box = boxes.opened({ personId: row.id, wrappedKey: row.wrapped_key, masterKeyId: row.master_key_id });
    const id = row.session_id;
    const known = openClient(box, id, { userAgent: row.user_agent, address: row.address });
    if (known.userAgent === from.userAgent && known.address === from.address) return;
    await transaction.session.update({ where: { id }, data: sealClient(box, id, from) });
  }

  return {
    async open({ events, eventsOfEnded, ...opening }) {
      const client = sealClient(await boxes.of(opening.session.userId), opening.session.sessionId, opening.client);
      return prisma.$transaction(async (transaction) => {
        if (!(await openInOneStatement(transaction, { ...opening, client }))) return false;
        const surplus = await endSurplus(transaction, opening.session.userId, opening.now);
        await forgetSurplusDevices(transaction, opening.session.userId);
        await recordEventsIn(transaction, [...surplus.flatMap(eventsOfEnded), ...events]);
        return true;
      });
    },
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
      const rows = await prisma.$queryRaw`
        SELECT ${accountColumns}, ${sessionColumns}
        FROM sessions JOIN users ON users.id = sessions.user_id JOIN data_keys ON data_keys.person_id = users.id
        WHERE sessions.id = ${sessionId} AND sessions.revoked_at IS NULL AND users.status = 'active'`;
      const [row] = sessionRowsSchema.parse(rows);
      return row ? withAccount(row) : null;
    },
    async list(userId, now) {
      const found = await prisma.session.findMany({
        where: { userId, revokedAt: null, refreshTokens: { some: { usedAt: null, expiresAt: { gt: now } } } },
        orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
        take: sessionLimit,
      });
      const box = await boxes.of(userId);
      return found.map(({ id, createdAt, lastUsedAt, methods, ...client }) => ({
        id,
        createdAt,
        lastUsedAt,
        methods: methodsSchema.parse(methods),
        ...openClient(box, id, client),
      }));
    },
    rotate: ({ eventsFor, ...rotation }) =>
      prisma.$transaction(async (transaction) => {
        const row = await rotateInOneStatement(transaction, rotation);
        if (!row) return null;
        const rotated = withAccount(row);
        await noteClient(transaction, row, rotation.from);
        await recordEventsIn(transaction, eventsFor(rotated.session));
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

/** As {@link SessionClient}, sealed for the row of one session. */
interface SealedClient {
  readonly userAgent: Uint8Array<ArrayBuffer> | null;
  readonly address: Uint8Array<ArrayBuffer> | null;
}

/** Columns of a session that stand beside those of its account. */
const sessionColumns = Prisma.sql`sessions.id AS session_id, sessions.methods, sessions.authenticated_at, sessions.user_agent,
  sessions.address`;

function placesOf(sessionId: string) {
  return {
    userAgent: { field: 'sessions.user_agent', row: sessionId },
    address: { field: 'sessions.address', row: sessionId },
  };
}

function sealClient(box: PersonBox, sessionId: string, { userAgent, address }: SessionClient): SealedClient {
  const places = placesOf(sessionId);
  return {
    userAgent: userAgent === null ? null : box.seal(places.userAgent, userAgent),
    address: address === null ? null : box.seal(places.address, address),
  };
}

/** From where a session is used, as its row has it. @throws SealBroken */
export function openClient(box: PersonBox, sessionId: string, { userAgent, address }: SealedClient): SessionClient {
  const places = placesOf(sessionId);
  return {
    userAgent: userAgent && box.open(places.userAgent, userAgent),
    address: address && box.open(places.address, address),
  };
}

type Opening = Omit<Parameters<SessionStore['open']>[0], 'events' | 'eventsOfEnded' | 'client'> & {
  readonly client: SealedClient;
};

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
        ${client.userAgent}::bytea, ${client.address}::bytea, known.id FROM known
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
    readonly now: Date;
  },
): Promise<z.infer<typeof sessionRowSchema> | null> {
  const { tokenHash, successor, client, now } = rotation;
  const rows = await transaction.$queryRaw`
    WITH used AS (
      UPDATE refresh_tokens SET used_at = ${now}, used_by_client = decode(${client}, 'hex')
      WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > ${now}
      RETURNING session_id, generation
    ), live AS (
      UPDATE sessions SET last_used_at = ${now}
      FROM used, users, data_keys
      WHERE sessions.id = used.session_id AND sessions.revoked_at IS NULL
        AND users.id = sessions.user_id AND users.status = 'active' AND data_keys.person_id = users.id
      RETURNING ${accountColumns}, ${sessionColumns}, used.generation
    ), successor AS (
      INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
      SELECT ${successor.hash}, live.session_id, live.generation + 1, ${now}, ${successor.expiresAt} FROM live
    )
    SELECT * FROM live`;
  return sessionRowsSchema.parse(rows)[0] ?? null;
}

function generationOf({ generation, expiresAt, usedAt, usedByClient }: RefreshToken): RefreshGeneration {
  return { generation, expiresAt, usedAt, usedByClient: usedByClient && Buffer.from(usedByClient).toString('hex') };
}
