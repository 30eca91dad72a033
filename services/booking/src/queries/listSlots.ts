import type { slotsQuerySchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { freeSlots, offeredSlots } from '../domain/booking.ts';
import type { BookingStore } from '../ports/bookingStore.ts';

/** Longest range of one question. */
const maxRangeMs = 31 * 86_400_000;
/** The answer's schema holds as many; five-minute slots around the clock would be more, and the reader asks again from the last. */
const maxSlots = 1000;

/**
 * Free slots of a service, earliest first.
 * @throws ProblemError `booking.service-not-found`, `request.invalid` for an empty or too long range
 */
export async function listSlots(
  { store, clock }: { store: BookingStore; clock: Clock },
  query: z.output<typeof slotsQuerySchema>,
): Promise<{ startsAt: string; endsAt: string }[]> {
  const range = { from: new Date(query.from), to: new Date(query.to) };
  const lengthMs = range.to.getTime() - range.from.getTime();
  if (lengthMs <= 0) throw invalidRange('must be after from');
  if (lengthMs > maxRangeMs) throw invalidRange('must be at most 31 days after from');

  const offer = await store.offer(query.serviceId);
  if (!offer) throw new ProblemError('booking.service-not-found');
  const slots = offeredSlots(offer.schedule, clock.now(), range);
  const [first, last] = [slots.at(0), slots.at(-1)];
  if (!first || !last) return [];
  const taken = await store.taken(query.serviceId, { from: first.startsAt, to: last.endsAt });
  return freeSlots(slots, taken)
    .slice(0, maxSlots)
    .map(({ startsAt, endsAt }) => ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }));
}

function invalidRange(message: string): ProblemError {
  return new ProblemError('request.invalid', { errors: [{ path: 'query.to', message }] });
}
