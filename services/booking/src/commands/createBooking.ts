import { createHash } from 'node:crypto';
import { type Booking, newId } from '@todo-chatbot/contracts';
import { type Clock, ProblemError } from '@todo-chatbot/service-kit';
import { BookingRefused, type BookingRequest, newBooking } from '../domain/booking.ts';
import { eventsOfBooking, eventsOfRefusal } from '../outgoingEvents.ts';
import type { BookingStore } from '../ports/bookingStore.ts';

export interface CreateBooking {
  readonly userId: string;
  readonly idempotencyKey: string;
  readonly request: BookingRequest;
}

/**
 * Books a slot, once for each idempotency key of a person.
 * @throws ProblemError `booking.service-not-found`, `booking.slot-not-offered`, `booking.slot-taken`, `request.idempotency-conflict`
 */
export async function createBooking(
  { store, clock }: { store: BookingStore; clock: Clock },
  { userId, idempotencyKey, request }: CreateBooking,
): Promise<Booking> {
  try {
    return await store.book({
      userId,
      serviceId: request.serviceId,
      idempotencyKey,
      fingerprint: fingerprintOf(request),
      make: (offer) => newBooking(request, offer, { id: newId('booking'), now: clock.now() }),
      events: (booking) => eventsOfBooking(userId, booking, request),
    });
  } catch (error) {
    if (!(error instanceof BookingRefused)) throw error;
    await store.record(eventsOfRefusal(request, error.code));
    throw new ProblemError(error.code);
  }
}

/** Members one by one, so that their order in the request does not matter. */
function fingerprintOf({ serviceId, startsAt, name, email, phone }: BookingRequest): string {
  const members = [serviceId, Date.parse(startsAt), name, email, phone];
  return createHash('sha256').update(JSON.stringify(members)).digest('hex');
}
