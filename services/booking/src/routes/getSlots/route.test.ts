import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, offeredServicesSchema, slotsSchema } from '@todo-chatbot/contracts';
import { codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { ada, type BookingService, consultationId, newKey, startBookingService } from '../../testing/bookingService.ts';

let service: BookingService;
before(async () => {
  service = await startBookingService();
});
after(() => service.close());

const get = (as: Person | null, query: Record<string, string>) =>
  service.call({ method: 'GET', path: `/v1/slots?${new URLSearchParams(query)}`, as });

async function startsBetween(as: Person, from: string, to: string): Promise<string[]> {
  const answer = await get(as, { serviceId: consultationId, from, to });
  return slotsSchema.parse(answer.body).items.map(({ startsAt }) => startsAt);
}

test('200: what is offered is what GET /v1/services names', async () => {
  const answer = await service.call({ method: 'GET', path: '/v1/services', as: await service.signIn() });
  assert.deepEqual(offeredServicesSchema.parse(answer.body).items, [
    { id: consultationId, name: 'Consultation', durationMinutes: 30, timeZone: 'Europe/Berlin' },
  ]);
});

test('200: a month has its working days’ half-hours, earlier in UTC after the change to summer time (BOOK-1)', async () => {
  const starts = await startsBetween(await service.signIn(), '2027-03-22T00:00:00Z', '2027-04-03T00:00:00Z');
  assert.equal(starts.length, 10 * 16);
  assert.equal(starts[0], '2027-03-22T08:00:00.000Z');
  assert.equal(starts[5 * 16], '2027-03-29T07:00:00.000Z');
});

test('200: a booked slot is free no longer, and free again when the booking is cancelled', async () => {
  const person = await service.signIn();
  const [from, startsAt, to] = ['2027-04-05T07:00:00Z', '2027-04-05T07:30:00.000Z', '2027-04-05T08:30:00Z'];
  const body = { serviceId: consultationId, startsAt, ...ada };
  await service.call({ method: 'POST', path: '/v1/bookings', as: person, key: newKey(), body });
  assert.deepEqual(await startsBetween(person, from, to), ['2027-04-05T07:00:00.000Z', '2027-04-05T08:00:00.000Z']);
  await service.database.ownerPool.query(`UPDATE bookings SET status = 'cancelled' WHERE user_id = $1`, [
    person.userId,
  ]);
  assert.equal((await startsBetween(person, from, to)).length, 3);
});

test('200: what has begun is offered no longer', async () => {
  // The test's clock stands at 7:00 UTC on Monday 23 November 2026: 8:00 in Berlin.
  const starts = await startsBetween(await service.signIn(), '2026-11-20T00:00:00Z', '2026-11-23T09:00:00Z');
  assert.deepEqual(starts, ['2026-11-23T08:00:00.000Z', '2026-11-23T08:30:00.000Z']);
});

test('200: 31 days are answered, a moment more is refused', async () => {
  const person = await service.signIn();
  assert.ok((await startsBetween(person, '2027-01-01T00:00:00Z', '2027-02-01T00:00:00Z')).length > 300);
  const query = { serviceId: consultationId, from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00.001Z' };
  assert.equal(codeOf(await get(person, query)), 'request.invalid');
});

test('404: an unknown service', async () => {
  const query = { serviceId: newId('service'), from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' };
  const answer = await get(await service.signIn(), query);
  assert.equal(answer.status, 404);
  assert.equal(codeOf(answer), 'booking.service-not-found');
});

const wrong: Record<string, Record<string, string>> = {
  'an empty range': { to: '2027-01-01T00:00:00Z' },
  'a range that runs backwards': { to: '2026-12-31T00:00:00Z' },
  'a moment that is none': { from: 'tomorrow' },
  'an injection for an id': { serviceId: "' OR '1'='1" },
  'an unknown parameter': { limit: '5' },
};
for (const [what, part] of Object.entries(wrong)) {
  test(`400: ${what} is refused`, async () => {
    const query = { serviceId: consultationId, from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z', ...part };
    const answer = await get(await service.signIn(), query);
    assert.equal(answer.status, 400);
    assert.equal(codeOf(answer), 'request.invalid');
  });
}

test('200: years at the ends of the calendar are answered with nothing', async () => {
  const person = await service.signIn();
  assert.deepEqual(await startsBetween(person, '0000-01-01T00:00:00Z', '0000-01-31T00:00:00Z'), []);
  assert.deepEqual(await startsBetween(person, '9999-12-30T00:00:00Z', '9999-12-31T23:59:59Z'), []);
});

test('401 and 403: without a token, or as a viewer', async () => {
  const query = { serviceId: consultationId, from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' };
  assert.equal((await get(null, query)).status, 401);
  assert.equal((await get(await service.signIn(['viewer']), query)).status, 403);
});
