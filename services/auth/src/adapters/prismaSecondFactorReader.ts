import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';

/** Second factors as PostgreSQL has them. */
export function createPrismaSecondFactorReader(prisma: PrismaClient): SecondFactorReader {
  return {
    async find(userId) {
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
    },
  };
}
