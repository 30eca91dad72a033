import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { erasureRequestOf, erasureSuite, type Person } from '@todo-chatbot/local-platform/testing';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from '../testing/bookingService.ts';

let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

async function book(as: Person, { startsAt } = newSlot()): Promise<number> {
  const body = { serviceId: consultationId, startsAt, ...ada };
  return (await service.call({ method: 'POST', path: '/v1/bookings', as, key: newKey(), body })).status;
}

erasureSuite({
  service: 'booking',
  tables: { bookings: 'bookings' },
  holder: () => ({
    ownerPool: service.database.ownerPool,
    newPerson: () => service.signIn(),
    fill: async (person) => {
      await book(person);
      await book(person);
    },
    deliver: service.deliver,
    eventsAbout: service.outbox,
  }),
});

test('the slot of a deleted account is free again (BOOK-1)', async () => {
  const [leaver, next, slot] = [await service.signIn(), await service.signIn(), newSlot()];
  assert.deepEqual([await book(leaver, slot), await book(next, slot)], [201, 409]);
  await service.deliver(erasureRequestOf(leaver));
  assert.equal(await book(next, slot), 201);
});
