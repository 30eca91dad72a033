import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { erasureOf, losesAdministrator } from '../domain/administration.ts';
import type { ErasureStore } from '../ports/erasureStore.ts';
import { endSessionsIn, withdrawEmailChangesIn } from './endSessions.ts';
import { hasAdministrator, lockAdministrators, lockStanding, removeBelongings, write } from './prismaPeopleStore.ts';
import { queueMail } from './queueMail.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Erasures in PostgreSQL. */
export function createPrismaErasureStore(prisma: PrismaClient): ErasureStore {
  return {
    begin: ({ erasure, mail, events }) =>
      prisma.$transaction(async (tx) => {
        const { personId, deadlineAt, nextRequestAt, requestedAt: now, ...asked } = erasure;
        await lockAdministrators(tx);
        const before = await lockStanding(tx, personId);
        if (!before) return 'not-found';
        if (await tx.erasure.findUnique({ where: { personId } })) return 'exists';
        const isHeld = (await tx.legalHold.findUnique({ where: { personId } })) !== null;
        const effect = erasureOf(before, { isHeld });
        if (losesAdministrator(effect) && !(await hasAdministrator(tx, { besides: personId }))) {
          return 'last-administrator';
        }
        const accessVersion = await write(tx, personId, effect.after, true);
        if (isHeld) {
          await endSessionsIn(tx, { userId: personId, only: null, except: null, now });
          await withdrawEmailChangesIn(tx, personId);
        } else await removeBelongings(tx, personId, now);
        const begun = isHeld
          ? ({ state: 'held' } as const)
          : ({ state: 'under-way', deadlineAt, nextRequestAt, requests: 1 } as const);
        await tx.erasure.create({ data: { ...asked, personId, requestedAt: now, ...begun } });
        await queueMail(tx, [mail]);
        await recordEventsIn(tx, events({ accessVersion, isHeld }));
        return begun.state;
      }),
    recordReceipt: ({ erasureId, personId, ...receipt }) =>
      prisma.$transaction(async (tx) => {
        await lockErasure(tx, erasureId);
        const erasure = await tx.erasure.findUnique({ where: { id: erasureId } });
        if (!erasure) return 'unknown';
        if (erasure.personId !== personId || erasure.state === 'held') return 'refused';
        const { count } = await tx.erasureReceipt.createMany({
          data: [{ ...receipt, erasureId }],
          skipDuplicates: true,
        });
        return count === 1 ? 'recorded' : 'known';
      }),
  };
}

/** Whoever changes where an erasure stands does so one after the other. */
async function lockErasure(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM erasures WHERE id = ${id} FOR UPDATE`;
}
