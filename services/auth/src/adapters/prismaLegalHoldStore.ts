import type { PrismaClient } from '../../generated/prisma/client.ts';
import { erasureOf } from '../domain/administration.ts';
import type { LegalHoldStore } from '../ports/legalHoldStore.ts';
import { lockStanding, removeBelongings, write } from './prismaPeopleStore.ts';
import { recordEventsIn } from './recordEvents.ts';

/**
 * Legal holds in PostgreSQL. Whoever places or lifts one and whoever begins an erasure lock the person's row first, so that they come one
 * wholly after the other.
 */
export function createPrismaLegalHoldStore(prisma: PrismaClient): LegalHoldStore {
  return {
    find: (personId) => prisma.legalHold.findUnique({ where: { personId } }),
    place: ({ personId, ...hold }, events) =>
      prisma.$transaction(async (tx) => {
        const standing = await lockStanding(tx, personId);
        if (!standing) return (await tx.erasure.count({ where: { personId } })) > 0 ? 'under-way' : 'person-not-found';
        await tx.legalHold.upsert({ where: { personId }, create: { personId, ...hold }, update: hold });
        await recordEventsIn(tx, events());
        return 'placed';
      }),
    lift: ({ personId, now, deadlineAt, nextRequestAt, events }) =>
      prisma.$transaction(async (tx) => {
        const standing = await lockStanding(tx, personId);
        const { count } = await tx.legalHold.deleteMany({ where: { personId } });
        if (!standing || count === 0) return 'not-found';
        const held = await tx.erasure.findUnique({ where: { personId, state: 'held' } });
        if (held) {
          await write(tx, personId, erasureOf(standing, { isHeld: false }).after, true);
          await removeBelongings(tx, personId, now);
          const data = { state: 'under-way', deadlineAt, nextRequestAt, requests: 1 };
          await tx.erasure.update({ where: { id: held.id }, data });
        }
        await recordEventsIn(tx, events(held));
        return 'lifted';
      }),
  };
}
