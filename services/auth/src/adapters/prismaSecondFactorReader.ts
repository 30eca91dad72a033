import type { PersonBoxes } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';
import { passkeyName } from './passkeyName.ts';

/** Second factors as PostgreSQL has them. */
export function createPrismaSecondFactorReader(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): SecondFactorReader {
  const { prisma, boxes } = options;

  async function read(userId: string) {
    const [totp, recoveryCodesLeft, passkeys] = await prisma.$transaction([
      prisma.totpFactor.findUnique({ where: { userId }, select: { confirmedAt: true } }),
      prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
      prisma.passkey.findMany({
        where: { userId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { id: true, name: true, transports: true, isBackedUp: true, createdAt: true, lastUsedAt: true },
      }),
    ]);
    return { totpEnabledAt: totp?.confirmedAt ?? null, recoveryCodesLeft, passkeys };
  }

  return {
    find: read,
    async list(userId) {
      const { passkeys, ...factors } = await read(userId);
      const box = await boxes.of(userId);
      return {
        ...factors,
        passkeys: passkeys.map(({ name, ...passkey }) => ({
          ...passkey,
          name: box.open(passkeyName(passkey.id), name),
        })),
      };
    },
  };
}
