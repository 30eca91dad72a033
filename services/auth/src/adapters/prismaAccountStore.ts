import { accountSchema } from '@todo-chatbot/contracts';
import { Prisma, type PrismaClient, type User } from '../../generated/prisma/client.ts';
import type { AccountRecord, AccountStore } from '../ports/accountStore.ts';
import { queueMail } from './queueMail.ts';
import { recordEvents } from './recordEvents.ts';

/** Accounts in PostgreSQL. */
export function createPrismaAccountStore(prisma: PrismaClient): AccountStore {
  return {
    async create({ account, dataKey, passwordHash, verification }, events) {
      try {
        await prisma.$transaction([
          prisma.user.create({ data: { ...account, passwordHash } }),
          prisma.dataKey.create({ data: { ...dataKey, createdAt: account.createdAt } }),
          ...(verification
            ? [prisma.emailLink.create({ data: verification.link }), queueMail(prisma, [verification.job])]
            : []),
          ...recordEvents(prisma, events),
        ]);
        return 'created';
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },
    async findByEmail(email) {
      return recordOf(await prisma.user.findUnique({ where: { email } }));
    },
    async find(userId) {
      return recordOf(await prisma.user.findUnique({ where: { id: userId } }));
    },
    async replacePasswordHash({ userId, from, to }) {
      const { count } = await prisma.user.updateMany({
        where: { id: userId, passwordHash: from },
        data: { passwordHash: to },
      });
      return count === 1;
    },
  };
}

/** Null for nobody and for the tombstone of a deleted account. */
export function recordOf(user: User | null): AccountRecord | null {
  if (!user || user.status === 'deleted') return null;
  const { id, email, name, emailVerified, roles, createdAt } = user;
  return {
    account: accountSchema.parse({ id, email, name, emailVerified, roles, createdAt: createdAt.toISOString() }),
    passwordHash: user.passwordHash,
    status: user.status === 'active' ? 'active' : 'suspended',
    accessVersion: user.accessVersion,
  };
}

/** The unique index on the e-mail decides, so that two registrations at once cannot both win; an id never repeats. */
function isEmailTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
