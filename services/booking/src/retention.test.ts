import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { auditEntries, type Person } from '@todo-chatbot/local-platform/testing';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from './testing/bookingService.ts';

const dayMs = 86_400_000;
let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

async function book(as: Person) {
  const slot = newSlot();
  const body = { serviceId: consultationId, startsAt: slot.startsAt, ...ada };
  const { status } = await service.call({ method: 'POST', path: '/v1/bookings', as, key: newKey(), body });
  assert.equal(status, 201);
  return slot;
}
const bookingsOf = async ({ userId }: Person) =>
  (await service.database.ownerPool.query('SELECT FROM bookings WHERE user_id = $1', [userId])).rowCount;

test('a booking goes with its contact a year after the appointment ended, not after it was made (PRIV-5)', async () => {
  const person = await service.signIn();
  const { endsAt } = await book(person);
  const over = Date.parse(endsAt) + 365 * dayMs;
  service.clock.advance(over - service.clock.now().getTime());
  assert.equal((await service.fire('retention')).status, 200);
  assert.equal(await bookingsOf(person), 1, 'exactly a year: stays');
  service.clock.advance(1);
  await service.fire('retention');
  assert.equal(await bookingsOf(person), 0);
  const entries = auditEntries(await service.outbox('booking')).filter(({ action }) => action === 'retention.run');
  const last = entries.at(-1);
  assert.equal(last?.input['deleted.bookings'], 1);
  const text = JSON.stringify(entries);
  for (const said of [person.userId, ada.name, ada.email, ada.phone]) assert.ok(!text.includes(said), said);
});
