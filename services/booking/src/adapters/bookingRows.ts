import { type Booking, bookingSchema } from '@todo-chatbot/contracts';
import type { PersonBox, SealedPlace } from '@todo-chatbot/service-kit';
import type { Prisma } from '../../generated/prisma/client.ts';

/** What a row is read with. */
export const withService = { service: { select: { name: true } } } as const;
/** A booking with the name of its service, sealed. */
export type BookingRow = Prisma.BookingGetPayload<{ include: typeof withService }>;

/** A booking as a row of the box's person. */
export function rowOf(box: PersonBox, { serviceName: _, name, email, phone, ...columns }: Booking) {
  const seal = (column: SealedColumn, text: string) => box.seal(placeOf(column, columns.id), text);
  return {
    ...columns,
    userId: box.personId,
    name: seal('name', name),
    email: seal('email', email),
    phone: seal('phone', phone),
  };
}

/** The booking that a row of the box's person holds. @throws SealBroken */
export function bookingOf(box: PersonBox, row: BookingRow): Booking {
  const { userId: _, service, startsAt, endsAt, createdAt, name, email, phone, ...columns } = row;
  const open = (column: SealedColumn, sealed: Uint8Array) => box.open(placeOf(column, row.id), sealed);
  return bookingSchema.parse({
    ...columns,
    serviceName: service.name,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    name: open('name', name),
    email: open('email', email),
    phone: open('phone', phone),
    createdAt: createdAt.toISOString(),
  });
}

type SealedColumn = 'name' | 'email' | 'phone';

function placeOf(column: SealedColumn, bookingId: string): SealedPlace {
  return { field: `bookings.${column}`, row: bookingId };
}
