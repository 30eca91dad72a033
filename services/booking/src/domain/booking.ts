import type { Booking, createBookingRequestSchema, ErrorCode, OfferedService } from '@todo-chatbot/contracts';
import type { z } from 'zod';
import { type Schedule, type Slot, slotsBetween } from './schedule.ts';

export type BookingRequest = z.infer<typeof createBookingRequestSchema>;

/** A service together with when it can be had. */
export interface Offer {
  readonly service: OfferedService;
  readonly schedule: Schedule;
}

/** Why a booking cannot be made. */
export class BookingRefused extends Error {
  readonly code: Extract<ErrorCode, `booking.${string}`>;

  constructor(code: BookingRefused['code']) {
    super(code);
    this.code = code;
  }
}

/** Slots are offered no further ahead: opening hours in a year are a guess. */
const bookableAheadMs = 366 * 86_400_000;

/** Slots that begin after `now`, lie wholly between two moments and are not too far ahead, whether taken or not. */
export function offeredSlots(schedule: Schedule, now: Date, { from, to }: { from: Date; to: Date }): Slot[] {
  const earliest = Math.max(from.getTime(), now.getTime() + 1);
  const latest = Math.min(to.getTime(), now.getTime() + bookableAheadMs);
  return earliest < latest ? slotsBetween(schedule, new Date(earliest), new Date(latest)) : [];
}

/** The slots that overlap none of the taken ones. */
export function freeSlots(slots: readonly Slot[], taken: readonly Slot[]): Slot[] {
  return slots.filter(
    (slot) => !taken.some(({ startsAt, endsAt }) => slot.startsAt < endsAt && startsAt < slot.endsAt),
  );
}

/**
 * A confirmed booking of an offered slot.
 * @throws BookingRefused `booking.service-not-found`, `booking.slot-not-offered`
 */
export function newBooking(
  request: BookingRequest,
  offer: Offer | null,
  { id, now }: { id: string; now: Date },
): Booking {
  if (!offer) throw new BookingRefused('booking.service-not-found');
  const startsAt = new Date(request.startsAt);
  const endsAt = new Date(startsAt.getTime() + offer.schedule.durationMinutes * 60_000);
  const [slot] = offeredSlots(offer.schedule, now, { from: startsAt, to: endsAt });
  if (slot?.startsAt.getTime() !== startsAt.getTime()) throw new BookingRefused('booking.slot-not-offered');
  return {
    id,
    serviceId: offer.service.id,
    serviceName: offer.service.name,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    name: request.name,
    email: request.email,
    phone: request.phone,
    status: 'confirmed',
    createdAt: now.toISOString(),
  };
}
