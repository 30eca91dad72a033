import { type Booking, newId } from '@todo-chatbot/contracts';
import { type Clock, IdempotencyConflict, type PersonBoxes, ProblemError } from '@todo-chatbot/service-kit';
import { BookingRefused, type BookingRequest, newBooking } from '../domain/booking.ts';
import { eventsOfBooking, eventsOfRefusal } from '../outgoingEvents.ts';
import type { BookingStore } from '../ports/bookingStore.ts';

/** Who asks for what. */
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
  { store, clock, newsBoxes }: { store: BookingStore; clock: Clock; newsBoxes: PersonBoxes },
  { userId, idempotencyKey, request }: CreateBooking,
): Promise<Booking> {
  const newsBox = await newsBoxes.of(userId);
  try {
    return await store.book({
      userId,
      serviceId: request.serviceId,
      idempotencyKey,
      members: membersOf(request),
      make: (offer) => newBooking(request, offer, { id: newId('booking'), now: clock.now() }),
      events: (booking) => eventsOfBooking(newsBox, booking, request),
    });
  } catch (error) {
    if (!(error instanceof BookingRefused || error instanceof IdempotencyConflict)) throw error;
    await store.record(eventsOfRefusal(request, error.code));
    throw new ProblemError(error.code);
  }
}

function membersOf({ serviceId, startsAt, name, email, phone }: BookingRequest) {
  return [serviceId, Date.parse(startsAt), name, email, phone];
}
