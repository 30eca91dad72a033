import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { TotpStore } from '../ports/secondFactorStores.ts';
import { addSessionProof, finishRemoval, lockFactorsOf, replaceRecoveryCodes } from './factorChanges.ts';
import type { NoticeIn } from './noticesIn.ts';
import { recordEventsIn } from './recordEvents.ts';

/** TOTP factors in PostgreSQL; their owner is told by mail when one is added or removed. */
export function createPrismaTotpStore(prisma: PrismaClient, noticeIn: NoticeIn): TotpStore {
  return {
    enrol: ({ userId, sealedSecret, now, events }) =>
      prisma.$transaction(async (tx) => {
        await lockFactorsOf(tx, userId);
        await tx.totpFactor.deleteMany({ where: { userId, confirmedAt: null } });
        const { count } = await tx.totpFactor.createMany({
          data: [{ userId, sealedSecret, createdAt: now }],
          skipDuplicates: true,
        });
        if (count === 1) await recordEventsIn(tx, events);
        return count === 1;
      }),
    findWaiting: (userId) =>
      prisma.totpFactor.findUnique({
        where: { userId, confirmedAt: null },
        select: { sealedSecret: true, createdAt: true },
      }),
    confirm: ({ session, createdAt, step, codeHashes, now, events }) =>
      prisma.$transaction(async (tx) => {
        const { userId } = session;
        await lockFactorsOf(tx, userId);
        const { count } = await tx.totpFactor.updateMany({
          where: { userId, createdAt, confirmedAt: null },
          data: { confirmedAt: now, lastStep: step },
        });
        if (count === 0) return false;
        await replaceRecoveryCodes(tx, { userId, codeHashes, now });
        await addSessionProof(tx, { session, method: 'totp', now });
        await recordEventsIn(tx, events);
        await noticeIn(tx, 'second-factor-changed', userId);
        return true;
      }),
    findConfirmed: (userId) =>
      prisma.totpFactor.findUnique({
        where: { userId, confirmedAt: { not: null } },
        select: { sealedSecret: true },
      }),
    async useStep({ userId, step }) {
      const { count } = await prisma.totpFactor.updateMany({
        where: { userId, confirmedAt: { not: null }, lastStep: { lt: step } },
        data: { lastStep: step },
      });
      return count === 1;
    },
    remove: (removal) =>
      prisma.$transaction(async (tx) => {
        await lockFactorsOf(tx, removal.userId);
        const { count } = await tx.totpFactor.deleteMany({ where: { userId: removal.userId } });
        if (count === 0) return false;
        await finishRemoval(tx, removal);
        await noticeIn(tx, 'second-factor-changed', removal.userId);
        return true;
      }),
  };
}
