import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bookingsSchema } from '@todo-chatbot/contracts';
import { auditEntries, type Person } from '@todo-chatbot/local-platform/testing';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from '../../testing/bookingService.ts';

let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

async function book(as: Person): Promise<string> {
  const { startsAt } = newSlot();
  const body = { serviceId: consultationId, startsAt, ...ada };
  await service.call({ method: 'POST', path: '/v1/bookings', as, key: newKey(), body });
  return startsAt;
}

const get = (as: Person | null, query = '') => service.call({ method: 'GET', path: `/v1/bookings${query}`, as });

test('200: own bookings, latest start first, and the reading is audited with their number', async () => {
  const person = await service.signIn();
  const starts = [await book(person), await book(person), await book(person)];
  const { items } = bookingsSchema.parse((await get(person)).body);
  assert.deepEqual(
    items.map(({ startsAt }) => startsAt),
    starts.toReversed(),
  );
  const entry = auditEntries(await service.outbox(person.userId)).at(-1);
  assert.deepEqual([entry?.action, entry?.category, entry?.input], ['booking.list', 'data-access', { count: 3 }]);
});

test('attack: another person’s bookings are not shown', async () => {
  await book(await service.signIn());
  const answer = await get(await service.signIn());
  assert.deepEqual(answer.body, { items: [] });
});

test('500: what cannot be audited is not read (PRIN-6, PRIN-7)', async () => {
  const person = await service.signIn();
  await service.database.ownerPool.query('REVOKE INSERT ON outbox FROM booking');
  const answer = await get(person);
  await service.database.ownerPool.query('GRANT INSERT ON outbox TO booking');
  assert.equal(answer.status, 500);
});

test('400, 401 and 403: with a query, without a token, as a viewer', async () => {
  assert.equal((await get(await service.signIn(), '?userId=x')).status, 400);
  assert.equal((await get(null)).status, 401);
  assert.equal((await get(await service.signIn(['viewer']))).status, 403);
});
