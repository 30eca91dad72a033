import type { PersonBox, PersonBoxes } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { TotpStore } from '../ports/secondFactorStores.ts';
import { addSessionProof, finishRemoval, lockFactorsOf, replaceRecoveryCodes } from './factorChanges.ts';
import type { NoticeIn } from './noticesIn.ts';
import { recordEventsIn } from './recordEvents.ts';

/** TOTP factors in PostgreSQL; their owner is told by mail when one is added or removed. */
export function createPrismaTotpStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
  readonly noticeIn: NoticeIn;
}): TotpStore {
  const { prisma, boxes, noticeIn } = options;
  return {
    async enrol({ userId, secret, now, events }) {
      const sealedSecret = sealSecret(await boxes.of(userId), secret);
      return prisma.$transaction(async (tx) => {
        await lockFactorsOf(tx, userId);
        await tx.totpFactor.deleteMany({ where: { userId, confirmedAt: null } });
        const { count } = await tx.totpFactor.createMany({
          data: [{ userId, sealedSecret, createdAt: now }],
          skipDuplicates: true,
        });
        if (count === 1) await recordEventsIn(tx, events);
        return count === 1;
      });
    },
    async findWaiting(userId) {
      const found = await prisma.totpFactor.findUnique({
        where: { userId, confirmedAt: null },
        select: { sealedSecret: true, createdAt: true },
      });
      if (!found) return null;
      return { secret: openSecret(await boxes.of(userId), found.sealedSecret), createdAt: found.createdAt };
    },
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
    async findConfirmed(userId) {
      const found = await prisma.totpFactor.findUnique({
        where: { userId, confirmedAt: { not: null } },
        select: { sealedSecret: true },
      });
      return found && openSecret(await boxes.of(userId), found.sealedSecret);
    },
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

const placeOf = ({ personId }: PersonBox) => ({ field: 'totp_factors.sealed_secret', row: personId });

/** A secret that was copied to another person's row does not open there. */
function sealSecret(box: PersonBox, secret: Uint8Array): Uint8Array<ArrayBuffer> {
  return box.seal(placeOf(box), Buffer.from(secret).toString('base64'));
}

function openSecret(box: PersonBox, sealed: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(box.open(placeOf(box), sealed), 'base64'));
}
