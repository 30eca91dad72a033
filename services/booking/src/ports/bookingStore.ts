import type { Booking, CloudEvent, OfferedService } from '@todo-chatbot/contracts';
import type { IdempotentRequest } from '@todo-chatbot/service-kit';
import type { Offer } from '../domain/booking.ts';
import type { Slot } from '../domain/schedule.ts';

/** A booking to be made once for a (person, key), however often it is asked for. */
interface BookingCreation extends IdempotentRequest {
  readonly userId: string;
  readonly serviceId: string;
  /** Pure; throws `BookingRefused` when the offer does not allow it. */
  readonly make: (offer: Offer | null) => Booking;
  readonly events: (booking: Booking) => readonly CloudEvent[];
}

/**
 * Where services and bookings are kept, the contacts sealed for their person. Each change is one transaction with its events; a refusal
 * leaves nothing behind.
 * @throws ProblemError `person.erased`, `person.not-found` or `upstream.unavailable` when the person's key cannot be had, before
 * anything is done; SealBroken when somebody changed what is sealed
 */
export interface BookingStore {
  services(): Promise<OfferedService[]>;
  offer(serviceId: string): Promise<Offer | null>;
  /** Confirmed bookings of a service that overlap the time between two moments. */
  taken(serviceId: string, between: { readonly from: Date; readonly to: Date }): Promise<readonly Slot[]>;
  /**
   * The new booking, or the very answer that an earlier request with this key was given.
   * @throws BookingRefused from `make` or as `booking.slot-taken`; IdempotencyConflict
   */
  book(creation: BookingCreation): Promise<Booking>;
  /** A person's bookings, latest start first. */
  bookingsOf(request: {
    readonly userId: string;
    readonly limit: number;
    readonly events: (found: readonly Booking[]) => readonly CloudEvent[];
  }): Promise<readonly Booking[]>;
  /** Stores events of an act that changed nothing. */
  record(events: readonly CloudEvent[]): Promise<void>;
}
