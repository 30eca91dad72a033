import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { RecoveryCodeStore } from '../ports/secondFactorStores.ts';
import { hasSecondFactor, lockFactorsOf, replaceRecoveryCodes } from './factorChanges.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Recovery codes in PostgreSQL. */
export function createPrismaRecoveryCodeStore(prisma: PrismaClient): RecoveryCodeStore {
  return {
    replace: ({ events, ...codes }) =>
      prisma.$transaction(async (tx) => {
        await lockFactorsOf(tx, codes.userId);
        if (!(await hasSecondFactor(tx, codes.userId))) return false;
        await replaceRecoveryCodes(tx, codes);
        await recordEventsIn(tx, events);
        return true;
      }),
    async use({ userId, codeHash, now }) {
      const { count } = await prisma.recoveryCode.updateMany({
        where: { codeHash, userId, usedAt: null },
        data: { usedAt: now },
      });
      return count === 1;
    },
  };
}
