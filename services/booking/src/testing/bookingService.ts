import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Booking, bookingSchema, type CloudEvent, eventTypes } from '@todo-chatbot/contracts';
import { createTestClock, startTestService } from '@todo-chatbot/local-platform/testing';
import { openJson } from '@todo-chatbot/service-kit';
import { build } from '../build.ts';
import { configSchema } from '../config.ts';

export type BookingService = Awaited<ReturnType<typeof startBookingService>>;

/** The whole service on a database of its own, with a clock that tests move. */
export async function startBookingService() {
  const clock = createTestClock('2026-11-23T07:00:00.000Z');
  return { clock, ...(await startTestService({ service: 'booking', configSchema, build, clock })) };
}

/** The booking that an event carries, opened as a reader of the topic opens it. */
export function bookingIn({ dataKeys }: BookingService, event: CloudEvent | undefined): Booking {
  assert.ok(event);
  const { type, data } = event;
  const { userId, bookingId, sealed } = eventTypes['booking.created.v2'].parse(data);
  return openJson(dataKeys.boxOf(userId, 'booking.events'), { field: type, row: bookingId }, sealed, bookingSchema);
}

/** A key that no other test uses. */
export function newKey(): string {
  return randomUUID();
}

/** Id of the service that the migrations put on offer. */
export const consultationId = 'svc_019aa9d0-0000-7000-8000-000000000001';

let nextSlot = 0;

/** A slot that no other test of this file uses: half-hours of Tuesdays from 9 to 17 o'clock in Berlin, in summer time. */
export function newSlot(): { startsAt: string; endsAt: string } {
  const [week, half] = [Math.floor(nextSlot / 16), nextSlot % 16];
  nextSlot += 1;
  const startsAt = Date.parse('2027-04-06T07:00:00.000Z') + week * 7 * 86_400_000 + half * 1_800_000;
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + 1_800_000).toISOString() };
}

/** Who books in these tests. */
export const ada = { name: 'Ada Canary', email: 'ada.canary@example.com', phone: '+4915112345678' };
