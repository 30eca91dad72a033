import { bookingSchema } from '@todo-chatbot/contracts';
import { addToOutbox, earlierAnswer, keepAnswer, type PersonBoxes } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { BookingRefused, type Offer } from '../domain/booking.ts';
import type { BookingStore } from '../ports/bookingStore.ts';
import { bookingOf, rowOf, withService } from './bookingRows.ts';

type Transaction = Prisma.TransactionClient;

/** Services shown at most; the answer's schema holds as many. */
const maxServices = 100;

/** The store on PostgreSQL; `boxes` are those of the service's own rows. */
export function createPostgresBookingStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): BookingStore {
  const { prisma, boxes } = options;
  return {
    services: () =>
      prisma.offeredService.findMany({ select: serviceColumns, orderBy: { name: 'asc' }, take: maxServices }),

    offer: (serviceId) => offerOf(prisma, serviceId),

    taken: (serviceId, { from, to }) =>
      prisma.booking.findMany({
        where: { serviceId, status: 'confirmed', startsAt: { lt: to }, endsAt: { gt: from } },
        select: { startsAt: true, endsAt: true },
      }),

    async book({ userId, serviceId, make, events, ...request }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (tx) => {
        // A repeat is answered even when the slot is offered no longer, so it is looked for before anything is judged.
        const earlier = await earlierAnswer(tx, box, request);
        if (earlier) return bookingSchema.parse(earlier);
        const booking = make(await offerOf(tx, serviceId));
        const first = await keepAnswer(tx, box, request, booking);
        if (first) return bookingSchema.parse(first);
        // Waits for a concurrent booking that it would overlap, so that exactly one of them is made.
        const booked = await tx.booking.createMany({ data: [rowOf(box, booking)], skipDuplicates: true });
        if (booked.count === 0) throw new BookingRefused('booking.slot-taken');
        await addToOutbox(tx, events(booking));
        return booking;
      });
    },

    async bookingsOf({ userId, limit, events }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (tx) => {
        const rows = await tx.booking.findMany({
          where: { userId },
          include: withService,
          orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
          take: limit,
        });
        const bookings = rows.map((row) => bookingOf(box, row));
        await addToOutbox(tx, events(bookings));
        return bookings;
      });
    },

    record: async (events) => {
      await addToOutbox(prisma, events);
    },
  };
}

const serviceColumns = { id: true, name: true, durationMinutes: true, timeZone: true } as const;

async function offerOf(db: Transaction, serviceId: string): Promise<Offer | null> {
  const found = await db.offeredService.findUnique({
    where: { id: serviceId },
    select: {
      ...serviceColumns,
      openingHours: { select: { weekday: true, opensAtMinute: true, closesAtMinute: true } },
    },
  });
  if (!found) return null;
  const { openingHours, ...service } = found;
  const { durationMinutes, timeZone } = service;
  return { service, schedule: { durationMinutes, timeZone, openingHours } };
}
