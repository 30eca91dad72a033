import { appIds, erasedRowsSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { erasureOf, losesAdministrator } from '../domain/administration.ts';
import { erasingServices, isErased } from '../domain/erasure.ts';
import type { Erasure, ErasureStore } from '../ports/erasureStore.ts';
import { endSessionsIn, withdrawEmailChangesIn } from './endSessions.ts';
import { hasAdministrator, lockAdministrators, lockStanding, removeBelongings, write } from './prismaPeopleStore.ts';
import { queueMail } from './queueMail.ts';
import { recordEventsIn } from './recordEvents.ts';

const withReceipts = { receipts: { orderBy: { service: 'asc' } } } as const;
type ErasureRow = Prisma.ErasureGetPayload<{ include: typeof withReceipts }>;

const idRowsSchema = z.array(z.strictObject({ id: z.string() }));
const stateSchema = z.enum(['held', 'under-way', 'complete']);
const requesterSchema = z.enum(['person', 'administrator']);
const serviceSchema = z.enum(appIds);
/** What is left of an erased person. */
const tombstone = { roles: ['user'], status: 'deleted' } as const;

/** Erasures in PostgreSQL. */
export function createPrismaErasureStore(prisma: PrismaClient): ErasureStore {
  return {
    begin: ({ erasure, mails, events }) =>
      prisma.$transaction(async (tx) => {
        const { personId, deadlineAt, nextRequestAt, requestedAt: now, ...asked } = erasure;
        await lockAdministrators(tx);
        const before = await lockStanding(tx, personId);
        if (!before) return 'not-found';
        if ((await tx.erasure.count({ where: { personId } })) > 0) return 'exists';
        const isHeld = (await tx.legalHold.count({ where: { personId } })) > 0;
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
        await queueMail(tx, mails);
        await recordEventsIn(tx, events({ accessVersion, isHeld }));
        return begun.state;
      }),
    recordReceipt: ({ erasureId, personId, ...receipt }) =>
      prisma.$transaction(async (tx) => {
        const erasure = await lockErasure(tx, erasureId);
        if (!erasure) return 'unknown';
        if (erasure.personId !== personId || erasure.state === 'held') return 'refused';
        const { count } = await tx.erasureReceipt.createMany({
          data: [{ ...receipt, erasureId }],
          skipDuplicates: true,
        });
        return count === 1 ? 'recorded' : 'known';
      }),
    complete: ({ id, now, events }) =>
      prisma.$transaction(async (tx) => {
        const erasure = await lockErasure(tx, id);
        if (erasure?.state !== 'under-way' || !isErased(erasure.receipts)) return false;
        const { personId } = erasure;
        const accessVersion = await write(tx, personId, tombstone, true);
        // What a request under way had added since the beginning.
        await removeBelongings(tx, personId, now);
        await tx.dataKey.deleteMany({ where: { personId } });
        // It is there already when the person came back with a backup.
        await tx.destroyedKey.createMany({ data: [{ personId, destroyedAt: now }], skipDuplicates: true });
        const told = events({ erasure, accessVersion });
        const { certificateId, job } = told;
        const data = { state: 'complete', completedAt: now, nextRequestAt: null, certificateId };
        await tx.erasure.update({ where: { id }, data });
        await queueMail(tx, [job]);
        await recordEventsIn(tx, told.events);
        return true;
      }),
    async ready(limit) {
      const rows = await prisma.$queryRaw`
        SELECT id FROM erasures
        WHERE next_request_at IS NOT NULL
          AND (SELECT count(*) FROM erasure_receipts WHERE erasure_id = erasures.id) >= ${erasingServices.length}
        ORDER BY next_request_at LIMIT ${limit}`;
      return idRowsSchema.parse(rows).map(({ id }) => id);
    },
    askAgain: ({ now, limit, nextRequestAt, event }) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.$queryRaw`
          SELECT id FROM erasures WHERE next_request_at <= ${now}
          ORDER BY next_request_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
        const ids = idRowsSchema.parse(rows).map(({ id }) => id);
        for (const { id, personId, requests } of await tx.erasure.findMany({ where: { id: { in: ids } } })) {
          const data = { requests: requests + 1, nextRequestAt: nextRequestAt(requests + 1) };
          await tx.erasure.update({ where: { id }, data });
          await recordEventsIn(tx, [event({ id, personId })]);
        }
        return ids.length;
      }),
    reportOverdue: ({ now, limit, event }) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.$queryRaw`
          SELECT id FROM erasures WHERE next_request_at IS NOT NULL AND deadline_at < ${now} AND overdue_at IS NULL
          LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
        const ids = idRowsSchema.parse(rows).map(({ id }) => id);
        await tx.erasure.updateMany({ where: { id: { in: ids } }, data: { overdueAt: now } });
        const overdue = await tx.erasure.findMany({ where: { id: { in: ids } }, include: withReceipts });
        await recordEventsIn(
          tx,
          overdue.map((row) => event(erasureOfRow(row))),
        );
        return ids.length;
      }),
    eraseRestored: ({ limit, erasure: erasureOfPerson, events }) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.$queryRaw`
          SELECT users.id FROM destroyed_keys JOIN users ON users.id = destroyed_keys.person_id
          WHERE NOT EXISTS (SELECT FROM erasures WHERE erasures.person_id = users.id AND erasures.state <> 'held')
          ORDER BY users.id LIMIT ${limit} FOR NO KEY UPDATE OF users SKIP LOCKED`;
        let begunCount = 0;
        for (const { id: personId } of idRowsSchema.parse(rows)) {
          // Read with the lock in hand: the statement above may not have seen yet what another replica had done to the row that it got.
          const held = await tx.erasure.findUnique({ where: { personId }, select: { id: true, state: true } });
          if (held && held.state !== 'held') continue;
          const erasure = { ...erasureOfPerson(personId), ...(held && { id: held.id }) };
          const { id, deadlineAt, nextRequestAt, requestedAt } = erasure;
          const accessVersion = await write(tx, personId, tombstone, true);
          await removeBelongings(tx, personId, requestedAt);
          await tx.legalHold.deleteMany({ where: { personId } });
          const begun = { state: 'under-way', deadlineAt, nextRequestAt, requests: 1 };
          if (held) await tx.erasure.update({ where: { id }, data: begun });
          else await tx.erasure.create({ data: { ...erasure, ...begun } });
          await recordEventsIn(tx, events({ erasure, accessVersion }));
          begunCount += 1;
        }
        return begunCount;
      }),
    async find(id, tokenHash) {
      const found = await prisma.erasure.findUnique({ where: { id, tokenHash }, include: withReceipts });
      return found && erasureOfRow(found);
    },
    async page({ limit, after }) {
      const found = await prisma.erasure.findMany({
        where: after
          ? { OR: [{ requestedAt: { lt: after[0] } }, { requestedAt: after[0], id: { lt: after[1] } }] }
          : {},
        include: withReceipts,
        orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
        // One more than asked for tells whether there is another page.
        take: limit + 1,
      });
      return { items: found.slice(0, limit).map(erasureOfRow), isLast: found.length <= limit };
    },
  };
}

/** Whoever changes where an erasure stands does so one after the other. */
async function lockErasure(tx: Prisma.TransactionClient, id: string): Promise<Erasure | null> {
  await tx.$executeRaw`SELECT FROM erasures WHERE id = ${id} FOR UPDATE`;
  const found = await tx.erasure.findUnique({ where: { id }, include: withReceipts });
  return found && erasureOfRow(found);
}

function erasureOfRow({ state, requestedBy, receipts, ...row }: ErasureRow): Erasure {
  return {
    ...row,
    state: stateSchema.parse(state),
    requestedBy: requesterSchema.parse(requestedBy),
    receipts: receipts.map(({ service, rows, ...receipt }) => ({
      ...receipt,
      service: serviceSchema.parse(service),
      rows: erasedRowsSchema.parse(rows),
    })),
  };
}
