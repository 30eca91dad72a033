import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bookingSchema } from '@todo-chatbot/contracts';
import { codeOf, columnsOfDatabase, columnsOfModels, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from './testing/bookingService.ts';

let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

const list = (as: Person | null, headers: Record<string, string> = {}) =>
  service.call({ method: 'GET', path: '/v1/bookings', as, headers });

async function book(as: Person): Promise<string> {
  const body = { serviceId: consultationId, startsAt: newSlot().startsAt, ...ada };
  const answer = await service.call({ method: 'POST', path: '/v1/bookings', as, key: newKey(), body });
  return bookingSchema.parse(answer.body).id;
}

test('the migrated database and schema.prisma tell the same', async () => {
  assert.deepEqual(
    await columnsOfDatabase(service.database.ownerPool),
    columnsOfModels(new URL('../prisma/schema.prisma', import.meta.url)),
  );
});

test('attack: a request without the sidecar’s token, or from a service that is not on the list, is refused (MESH-2, MESH-4)', async () => {
  const person = await service.signIn();
  assert.equal((await list(person, { 'dapr-api-token': 'guessed' })).status, 401);
  for (const caller of ['task', 'auth', 'booking', '']) {
    assert.equal(codeOf(await list(person, { 'dapr-caller-app-id': caller })), 'access.caller-denied');
  }
});

test('a revoked session is refused from the moment its event arrives (AUTH-11)', async () => {
  const person = await service.signIn();
  assert.equal((await list(person)).status, 200);
  assert.deepEqual((await service.revoke(person)).body, { status: 'SUCCESS' });
  assert.equal(codeOf(await list(person)), 'auth.token-invalid');
});

test('events wait while the broker is down and are published once it is up (KAFKA-4)', async () => {
  const person = await service.signIn();
  const id = await book(person);
  service.broker.isUp = true;
  await waitFor(
    'an empty outbox',
    async () => (await service.outbox(id)).length === 0 && (await service.outbox(person.userId)).length === 0,
  );
  service.broker.isUp = false;
  const published = service.broker.published.filter(({ subject }) => subject === id || subject === person.userId);
  assert.deepEqual(published.map(({ type }) => type).toSorted(), ['audit.recorded.v1', 'booking.created.v2']);
});

test('opening hours of one day cannot overlap', async () => {
  const insert = service.database.ownerPool.query('INSERT INTO opening_hours VALUES ($1, 1, 900, 1080)', [
    consultationId,
  ]);
  await assert.rejects(insert, { code: '23P01' });
});

const forbidden: Record<string, string> = {
  'create a table': 'CREATE TABLE loot (id int)',
  'create an extension': 'CREATE EXTENSION dblink',
  'change a table': 'ALTER TABLE bookings DROP CONSTRAINT bookings_do_not_overlap',
  'move a booking': `UPDATE bookings SET starts_at = now()`,
  'empty a table': 'TRUNCATE bookings',
  'change what is offered': `UPDATE offered_services SET name = 'loot'`,
  'change opening hours': 'DELETE FROM opening_hours',
  'change a stored answer': `UPDATE idempotent_requests SET answer = '{}'`,
  'forget a migration': 'DELETE FROM migrations',
  'read passwords': 'SELECT * FROM pg_authid',
  'become the owner': 'SET ROLE booking_owner',
};
for (const [what, statement] of Object.entries(forbidden)) {
  test(`attack: with the service’s own role SQL cannot ${what} (PRIN-2, DATA-4)`, async () => {
    await assert.rejects(service.database.pool.query(statement), { code: '42501' });
  });
}
