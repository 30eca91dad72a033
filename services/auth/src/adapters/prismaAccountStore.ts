import { type Account, accountSchema } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import { Prisma, type PrismaClient, type User } from '../../generated/prisma/client.ts';
import type { AccountStore } from '../ports/accountStore.ts';

/** Accounts in PostgreSQL. */
export function createPrismaAccountStore(prisma: PrismaClient): AccountStore {
  return {
    async create({ account, passwordHash }, events) {
      try {
        await prisma.$transaction([
          prisma.user.create({ data: { ...account, passwordHash } }),
          addToOutbox(prisma, events),
        ]);
        return 'created';
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },
    async findByEmail(email) {
      const user = await prisma.user.findUnique({ where: { email } });
      return user && { account: accountOf(user), passwordHash: user.passwordHash };
    },
    async find(userId) {
      const user = await prisma.user.findUnique({ where: { id: userId } });
      return user && accountOf(user);
    },
  };
}

function accountOf({ id, email, name, emailVerified, roles, createdAt }: User): Account {
  return accountSchema.parse({ id, email, name, emailVerified, roles, createdAt: createdAt.toISOString() });
}

/** The unique index on the e-mail decides, so that two registrations at once cannot both win; an id never repeats. */
function isEmailTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
