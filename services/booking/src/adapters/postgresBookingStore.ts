import { bookingSchema } from '@todo-chatbot/contracts';
import { addToOutbox, earlierAnswer, keepAnswer } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { BookingRefused, type Offer } from '../domain/booking.ts';
import type { BookingStore } from '../ports/bookingStore.ts';

type Transaction = Prisma.TransactionClient;

/** Services shown at most; the answer's schema holds as many. */
const maxServices = 100;

/** The store on PostgreSQL. */
export function createPostgresBookingStore({ prisma }: { prisma: PrismaClient }): BookingStore {
  return {
    services: () =>
      prisma.offeredService.findMany({ select: serviceColumns, orderBy: { name: 'asc' }, take: maxServices }),

    offer: (serviceId) => offerOf(prisma, serviceId),

    taken: (serviceId, { from, to }) =>
      prisma.booking.findMany({
        where: { serviceId, status: 'confirmed', startsAt: { lt: to }, endsAt: { gt: from } },
        select: { startsAt: true, endsAt: true },
      }),

    book: ({ serviceId, make, events, ...request }) =>
      prisma.$transaction(async (tx) => {
        // A repeat is answered even when the slot is offered no longer, so it is looked for before anything is judged.
        const earlier = await earlierAnswer(tx, request);
        if (earlier) return bookingSchema.parse(earlier);
        const booking = make(await offerOf(tx, serviceId));
        const first = await keepAnswer(tx, request, booking);
        if (first) return bookingSchema.parse(first);
        const { serviceName: _, ...columns } = booking;
        // Waits for a concurrent booking that it would overlap, so that exactly one of them is made.
        const booked = await tx.booking.createMany({
          data: [{ userId: request.userId, ...columns }],
          skipDuplicates: true,
        });
        if (booked.count === 0) throw new BookingRefused('booking.slot-taken');
        await addToOutbox(tx, events(booking));
        return booking;
      }),

    bookingsOf: ({ userId, limit, events }) =>
      prisma.$transaction(async (tx) => {
        const rows = await tx.booking.findMany({
          where: { userId },
          include: { service: { select: { name: true } } },
          orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
          take: limit,
        });
        const bookings = rows.map(({ userId: _, service, startsAt, endsAt, createdAt, ...row }) =>
          bookingSchema.parse({
            ...row,
            serviceName: service.name,
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
            createdAt: createdAt.toISOString(),
          }),
        );
        await addToOutbox(tx, events(bookings));
        return bookings;
      }),

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
