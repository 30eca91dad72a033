import type { Booking } from '@todo-chatbot/contracts';
import { eventsOfReading } from '../outgoingEvents.ts';
import type { BookingStore } from '../ports/bookingStore.ts';

/** The answer's schema holds as many; whoever has more sees the latest. */
const maxBookings = 200;

/** A person's bookings, latest start first. */
export async function listBookings({ store }: { store: BookingStore }, userId: string): Promise<Booking[]> {
  const events = (found: readonly Booking[]) => eventsOfReading(found.length);
  return [...(await store.bookingsOf({ userId, limit: maxBookings, events }))];
}
