import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { type BookingRequest, freeSlots, newBooking, type Offer, offeredSlots } from './booking.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const service = { id: newId('service'), name: 'Consultation', durationMinutes: 30, timeZone: 'Europe/Berlin' };
const openingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensAtMinute: 540, closesAtMinute: 1020 }));
const offer: Offer = { service, schedule: { durationMinutes: 30, timeZone: 'Europe/Berlin', openingHours } };

function bookingAt(startsAt: string, offered: Offer | null = offer) {
  const person = { name: 'Ada', email: 'ada@example.com', phone: '+4915112345678' };
  const request: BookingRequest = { serviceId: service.id, startsAt, ...person };
  return newBooking(request, offered, { id: newId('booking'), now });
}

test('a booking takes the whole slot, in UTC, however its start was written', () => {
  const booking = bookingAt('2026-11-24T09:00:00+01:00');
  assert.equal(booking.startsAt, '2026-11-24T08:00:00.000Z');
  assert.equal(booking.endsAt, '2026-11-24T08:30:00.000Z');
});

test('a booking of an unknown service is refused', () => {
  assert.throws(() => bookingAt('2026-11-24T08:00:00Z', null), { code: 'booking.service-not-found' });
});

const notOffered: Record<string, string> = {
  'off the grid': '2026-11-24T08:10:00Z',
  'a millisecond late': '2026-11-24T08:00:00.001Z',
  'before opening': '2026-11-24T07:30:00Z',
  'reaching past closing': '2026-11-24T16:00:00Z',
  'on a Sunday': '2026-11-29T09:00:00Z',
  'beginning this very moment': '2026-11-23T10:00:00.000Z',
  'in the past': '2026-11-20T10:00:00Z',
  'too far ahead': '2028-11-24T08:00:00Z',
  'in the year 0': '0000-01-03T08:00:00Z',
  'in the year 9999': '9999-12-31T08:00:00Z',
};
for (const [why, startsAt] of Object.entries(notOffered)) {
  test(`a start ${why} is not offered`, () => {
    assert.throws(() => bookingAt(startsAt), { code: 'booking.slot-not-offered' });
  });
}

test('what has begun is not offered', () => {
  const day = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-24T00:00:00Z') };
  assert.equal(offeredSlots(offer.schedule, now, day).at(0)?.startsAt.toISOString(), '2026-11-23T10:30:00.000Z');
});

test('a taken slot is not free, its neighbours are', () => {
  const slots = offeredSlots(offer.schedule, now, {
    from: new Date('2026-11-24T08:00:00Z'),
    to: new Date('2026-11-24T09:30:00Z'),
  });
  const [first, second, third] = slots;
  assert.ok(first && second && third);
  assert.deepEqual(freeSlots(slots, [second]), [first, third]);
});

test('a booking that lies across two slots, made under other opening hours, takes both', () => {
  const slots = offeredSlots(offer.schedule, now, {
    from: new Date('2026-11-24T08:00:00Z'),
    to: new Date('2026-11-24T09:00:00Z'),
  });
  const across = { startsAt: new Date('2026-11-24T08:15:00Z'), endsAt: new Date('2026-11-24T08:45:00Z') };
  assert.deepEqual(freeSlots(slots, [across]), []);
});
