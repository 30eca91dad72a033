import { roleSchema, type User, userSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { effectOf, losesAdministrator, rolesOfAccount, type Standing } from '../domain/administration.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { EmailIndex } from '../ports/keyedHash.ts';
import type { PeopleStore } from '../ports/peopleStore.ts';
import { openIdentity, sealIdentity } from './accountRows.ts';
import { linkRow } from './emailLinkRows.ts';
import { endSessionsIn, withdrawEmailChangesIn } from './endSessions.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Any number, the same in every replica: it names the lock behind which administrators come and go. */
const administratorsLock = 7_041_968;

const standingRowsSchema = z
  .array(z.strictObject({ roles: z.array(roleSchema), status: z.enum(['active', 'suspended']) }))
  .max(1);

const withFactors = {
  // Of a whole page in one question.
  dataKey: true,
  totpFactor: { select: { confirmedAt: true } },
  _count: { select: { passkeys: true } },
} as const;
type UserWithFactors = Prisma.UserGetPayload<{ include: typeof withFactors }>;

/** People in PostgreSQL. */
export function createPrismaPeopleStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: Pick<OwnBoxes, 'opened'>;
  readonly emailIndex: EmailIndex;
}): PeopleStore {
  const { prisma, boxes, emailIndex } = options;
  const findUser = async (reader: UserReader, userId: string): Promise<User | null> => {
    const found = await reader.user.findUnique({ where: { id: userId, ...isThere }, include: withFactors });
    return found && userOf(boxes, found);
  };
  return {
    async page({ limit, email, after }) {
      const found = await prisma.user.findMany({
        where: {
          ...isThere,
          ...(email !== null && { emailIndex: emailIndex(email) }),
          ...(after && {
            OR: [{ createdAt: { lt: after[0] } }, { createdAt: after[0], id: { lt: after[1] } }],
          }),
        },
        include: withFactors,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        // One more than asked for tells whether there is another page.
        take: limit + 1,
      });
      return { items: found.slice(0, limit).map((user) => userOf(boxes, user)), isLast: found.length <= limit };
    },
    find: (userId) => findUser(prisma, userId),
    change: ({ userId, change, now, events }) =>
      prisma.$transaction(async (transaction) => {
        await lockAdministrators(transaction);
        const before = await lockStanding(transaction, userId);
        if (!before) return { kind: 'not-found' };
        if (change.kind === 'reinstate' && (await transaction.erasure.findUnique({ where: { personId: userId } }))) {
          return { kind: 'erasure-under-way' };
        }
        const effect = effectOf(before, change);
        if (losesAdministrator(effect) && !(await hasAdministrator(transaction, { besides: userId }))) {
          return { kind: 'last-administrator' };
        }
        const accessVersion = await write(transaction, userId, effect.after, effect.outdatesTokens);
        if (effect.endsSessions) {
          await endSessionsIn(transaction, { userId, only: null, except: null, now });
          await withdrawEmailChangesIn(transaction, userId);
        }
        await recordEventsIn(transaction, events(effect, effect.outdatesTokens ? accessVersion : null));
        return { kind: 'changed', user: userOf(boxes, await readUser(transaction, userId)) };
      }),
    appointFirst: ({ account, dataKey, link, now, events }) =>
      prisma.$transaction(async (transaction) => {
        await lockAdministrators(transaction);
        if (await hasAdministrator(transaction, { besides: null })) return 'administrator-exists';
        const existing = await transaction.user.findUnique({ where: { emailIndex: emailIndex(account.email) } });
        if (!existing) {
          const box = boxes.opened(dataKey);
          const { id: userId, email } = account;
          const sealed = { ...sealIdentity(box, account), emailIndex: emailIndex(email) };
          await transaction.user.create({
            data: { id: userId, ...sealed, emailVerified: false, roles: rolesOfAccount(['admin']), createdAt: now },
          });
          await transaction.dataKey.create({ data: { ...dataKey, createdAt: now } });
          await transaction.emailLink.create({
            data: linkRow({ ...link, purpose: 'reset-password', userId, email, createdAt: now }, { box, emailIndex }),
          });
          await recordEventsIn(transaction, events(account.id, null));
          return 'created';
        }
        const standing = await lockStanding(transaction, existing.id);
        if (standing?.status !== 'active') return 'suspended';
        if (!existing.emailVerified) return 'unverified';
        const { after } = effectOf(standing, { kind: 'set-roles', roles: ['admin'] });
        const accessVersion = await write(transaction, existing.id, after, true);
        await recordEventsIn(transaction, events(existing.id, accessVersion));
        return 'promoted';
      }),
  };
}

/**
 * Whoever changes who administers does so one after the other: each of two administrators who demote one another would otherwise
 * find that the other is left. It is taken before any row is read.
 */
export async function lockAdministrators(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${administratorsLock}::bigint)`;
}

/** Locks a person's row and tells what they may be; null for nobody and for a tombstone. */
export async function lockStanding(transaction: Prisma.TransactionClient, userId: string): Promise<Standing | null> {
  const rows = await transaction.$queryRaw`
    SELECT roles, status FROM users WHERE id = ${userId} AND status <> 'deleted' FOR NO KEY UPDATE`;
  return standingRowsSchema.parse(rows)[0] ?? null;
}

/** True when there is an active administrator, besides the one named. */
export async function hasAdministrator(
  transaction: Prisma.TransactionClient,
  { besides }: { readonly besides: string | null },
): Promise<boolean> {
  const found = await transaction.user.findFirst({
    where: { status: 'active', roles: { has: 'admin' }, ...(besides !== null && { id: { not: besides } }) },
    select: { id: true },
  });
  return found !== null;
}

/** Writes what the person may be from now on, and answers their access version. A tombstone keeps its id and nothing else. */
export async function write(
  transaction: Prisma.TransactionClient,
  userId: string,
  { roles, status }: Standing,
  outdatesTokens: boolean,
): Promise<number> {
  const { accessVersion } = await transaction.user.update({
    where: { id: userId },
    data: {
      roles: [...roles],
      status,
      ...(outdatesTokens && { accessVersion: { increment: 1 } }),
      ...(status === 'deleted' && {
        email: null,
        emailIndex: null,
        name: null,
        passwordHash: null,
        emailVerified: false,
      }),
    },
    select: { accessVersion: true },
  });
  return accessVersion;
}

/** Removes all that belongs to a person, but for the row of their id. */
export async function removeBelongings(
  transaction: Prisma.TransactionClient,
  userId: string,
  now: Date,
): Promise<void> {
  const where = { userId };
  const tokensOfSessions = { where: { session: where } };
  // In the order in which a refresh takes them, so that neither waits for the other; then what a refresh added in between.
  await transaction.refreshToken.deleteMany(tokensOfSessions);
  await endSessionsIn(transaction, { userId, only: null, except: null, now });
  await transaction.refreshToken.deleteMany(tokensOfSessions);
  await transaction.session.deleteMany({ where });
  await transaction.device.deleteMany({ where });
  await transaction.ticket.deleteMany({ where });
  await transaction.totpFactor.deleteMany({ where });
  await transaction.recoveryCode.deleteMany({ where });
  await transaction.passkey.deleteMany({ where });
  await transaction.emailLink.deleteMany({ where });
  await transaction.apiKey.deleteMany({ where });
  await transaction.export.deleteMany({ where });
}

type UserReader = Pick<Prisma.TransactionClient, 'user'>;

/** Somebody who is there. */
function readUser(reader: UserReader, userId: string): Promise<UserWithFactors> {
  return reader.user.findUniqueOrThrow({ where: { id: userId, ...isThere }, include: withFactors });
}

/** Whose key was destroyed is as little there as a tombstone: a restored backup may bring such rows back. */
const isThere = { status: { not: 'deleted' }, dataKey: { isNot: null } } as const;

function userOf(boxes: Pick<OwnBoxes, 'opened'>, { id, email, name, dataKey, ...user }: UserWithFactors): User {
  if (!email || !name || !dataKey) throw new TypeError('a tombstone was read as a person');
  const { emailVerified, roles, status, createdAt, ...factors } = user;
  const hasSecondFactor = (factors.totpFactor?.confirmedAt ?? null) !== null || factors._count.passkeys > 0;
  return userSchema.parse({
    id,
    ...openIdentity(boxes.opened(dataKey), { email, name }),
    emailVerified,
    roles,
    status,
    hasSecondFactor,
    createdAt: createdAt.toISOString(),
  });
}
