import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { auditEntries, forgetPersonSuite, type Person } from '@todo-chatbot/local-platform/testing';
import { newEvent } from '@todo-chatbot/service-kit';
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

forgetPersonSuite({
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
    ownAuditEntries: async () => auditEntries(await service.outbox('booking')),
  }),
});

test('the slot of a deleted account is free again (BOOK-1)', async () => {
  const [leaver, next, slot] = [await service.signIn(), await service.signIn(), newSlot()];
  assert.deepEqual([await book(leaver, slot), await book(next, slot)], [201, 409]);
  const { userId } = leaver;
  await service.deliver(newEvent({ type: 'auth.user_deleted.v1', subject: userId, source: 'auth', data: { userId } }));
  assert.equal(await book(next, slot), 201);
});
