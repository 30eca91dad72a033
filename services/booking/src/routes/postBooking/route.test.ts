import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { auditScopeOf, bookingSchema, bookingsSchema, newId } from '@todo-chatbot/contracts';
import { auditEntries, codeOf, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import { placeOfAuditField } from '@todo-chatbot/service-kit';
import {
  ada,
  type BookingService,
  bookingIn,
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

const requestFor = ({ startsAt }: { startsAt: string }) => ({ serviceId: consultationId, startsAt, ...ada });

const post = (as: Person | null, body: unknown, key: string | undefined = newKey()) =>
  service.call({ method: 'POST', path: '/v1/bookings', as, body, ...(key === undefined ? {} : { key }) });

async function bookingsOf(as: Person) {
  return bookingsSchema.parse((await service.call({ method: 'GET', path: '/v1/bookings', as })).body).items;
}

async function countRows(table: string, userId: string): Promise<number> {
  const { rows } = await service.database.ownerPool.query(
    `SELECT count(*)::int AS n FROM ${table} WHERE user_id = $1`,
    [userId],
  );
  return rows[0].n;
}

test('201: a slot is booked with name, e-mail and phone, its event and a masked audit entry (BOOK-1, AUD-4)', async () => {
  const person = await service.signIn();
  const slot = newSlot();
  const answer = await post(person, requestFor(slot));

  assert.equal(answer.status, 201);
  const booking = bookingSchema.parse(answer.body);
  assert.deepEqual(booking, {
    id: booking.id,
    serviceId: consultationId,
    serviceName: 'Consultation',
    ...slot,
    ...ada,
    status: 'confirmed',
    createdAt: service.clock.now().toISOString(),
  });
  assert.deepEqual(await bookingsOf(person), [booking]);
  const [created, ...others] = await service.outbox(booking.id);
  assert.equal(created?.type, 'booking.created.v2');
  assert.deepEqual(bookingIn(service, created), booking);
  assert.equal(others.length, 0);
  const events = await service.outbox(person.userId);
  const [entry] = auditEntries(events);
  assert.deepEqual(
    [entry?.action, entry?.success, entry?.object],
    ['booking.create', true, { type: 'booking', id: booking.id }],
  );
  const sealedMail = Buffer.from(entry?.sealed?.['input.email'] ?? '', 'base64');
  const box = service.dataKeys.boxOf(person.userId, auditScopeOf('booking'));
  const mailPlace = placeOfAuditField(events[0]?.id ?? '', 'input.email');
  assert.deepEqual([entry?.input.email, box.open(mailPlace, sealedMail)], [null, 'a***@example.com']);
  assert.doesNotMatch(JSON.stringify(events), /canary|15112345678/i);
});

test('201: the start may be written with any offset, the answer is in UTC', async () => {
  const { startsAt } = newSlot();
  const inBerlin = new Date(Date.parse(startsAt) + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
  const answer = await post(await service.signIn(), requestFor({ startsAt: inBerlin }));
  assert.equal(bookingSchema.parse(answer.body).startsAt, startsAt);
});

test('201: a repeated key gives the stored answer, even when the slot is offered no longer (API-5)', async () => {
  const person = await service.signIn();
  const key = newKey();
  const slot = newSlot();
  const first = await post(person, requestFor(slot), key);
  await service.database.ownerPool.query(
    'BEGIN; LOCK opening_hours; DELETE FROM opening_hours WHERE weekday = 2; COMMIT',
  );
  const again = await post(person, requestFor(slot), key);
  await service.database.ownerPool.query('INSERT INTO opening_hours VALUES ($1, 2, 540, 1020)', [consultationId]);
  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.equal((await bookingsOf(person)).length, 1);
});

test('50 concurrent requests with one key make one booking, one event and one audit entry', async () => {
  const person = await service.signIn();
  const key = newKey();
  const body = requestFor(newSlot());
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(person, body, key)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  const [booking, ...others] = await bookingsOf(person);
  assert.ok(booking);
  assert.equal(others.length, 0);
  assert.equal((await service.outbox(booking.id)).length, 1);
  const created = auditEntries(await service.outbox(person.userId)).filter(({ action }) => action === 'booking.create');
  assert.equal(created.length, 1);
});

test('of 50 people who book one slot at once exactly one gets it, 49 are told that it is taken (BOOK-1)', async () => {
  const people = await Promise.all(Array.from({ length: 50 }, () => service.signIn()));
  const body = requestFor(newSlot());
  const answers = await Promise.all(people.map((person) => post(person, body)));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...Array(49).fill(409)]);
  const refused = answers.filter(({ status }) => status === 409);
  assert.deepEqual(new Set(refused.map(codeOf)), new Set(['booking.slot-taken']));
  const { rows } = await service.database.ownerPool.query('SELECT id FROM bookings WHERE starts_at = $1', [
    body.startsAt,
  ]);
  assert.equal(rows.length, 1);
});

test('409: a taken slot leaves nothing behind but an audit entry, and the same key may try again', async () => {
  const [first, second] = [await service.signIn(), await service.signIn()];
  const body = requestFor(newSlot());
  const key = newKey();
  const { id } = bookingSchema.parse((await post(first, body)).body);
  const answer = await post(second, body, key);
  assert.equal(codeOf(answer), 'booking.slot-taken');
  for (const table of ['bookings', 'idempotent_requests']) assert.equal(await countRows(table, second.userId), 0);
  const entries = auditEntries(await service.outbox(second.userId));
  assert.deepEqual(
    entries.map(({ action, success, reason }) => [action, success, reason]),
    [['booking.create', false, 'booking.slot-taken']],
  );
  assert.doesNotMatch(JSON.stringify(entries), /canary|15112345678/i);
  await service.database.ownerPool.query(`UPDATE bookings SET status = 'cancelled' WHERE id = $1`, [id]);
  assert.equal((await post(second, body, key)).status, 201);
});

test('attack: two bookings that overlap are refused by the database itself, whatever wrote them (BOOK-1)', async () => {
  const person = await service.signIn();
  const slot = newSlot();
  await post(person, requestFor(slot));
  const insert = `INSERT INTO bookings (id, user_id, service_id, starts_at, ends_at, name, email, phone, status, created_at)
    SELECT $1, user_id, service_id, starts_at + interval '1 minute', ends_at + interval '1 minute', name, email, phone, status, created_at
    FROM bookings WHERE user_id = $2`;
  await assert.rejects(service.database.pool.query(insert, [newId('booking'), person.userId]), { code: '23P01' });
});

test('409: the same key with another request is refused and audited', async () => {
  const person = await service.signIn();
  const key = newKey();
  const body = requestFor(newSlot());
  await post(person, body, key);
  for (const other of [
    { ...body, ...newSlot(), endsAt: undefined },
    { ...body, phone: '+4915112345679' },
  ]) {
    const answer = await post(person, other, key);
    assert.equal(codeOf(answer), 'request.idempotency-conflict');
  }
  assert.equal((await bookingsOf(person)).length, 1);
});

test('404: an unknown service, audited', async () => {
  const person = await service.signIn();
  const answer = await post(person, { ...requestFor(newSlot()), serviceId: newId('service') });
  assert.equal(answer.status, 404);
  assert.equal(codeOf(answer), 'booking.service-not-found');
  const [entry] = auditEntries(await service.outbox(person.userId));
  assert.equal(entry?.reason, 'booking.service-not-found');
});

const notOffered: Record<string, string> = {
  'off the grid': '2027-04-07T07:10:00Z',
  'before opening': '2027-04-07T06:30:00Z',
  'at closing': '2027-04-07T15:00:00Z',
  'on a Sunday': '2027-04-11T09:00:00Z',
  'in the past': '2026-11-20T09:00:00Z',
  'in two years': '2028-11-24T09:00:00Z',
  'in the year 0': '0000-01-03T09:00:00Z',
};
for (const [when, startsAt] of Object.entries(notOffered)) {
  test(`422: a start ${when} is not offered, audited`, async () => {
    const person = await service.signIn();
    const answer = await post(person, requestFor({ startsAt }));
    assert.equal(answer.status, 422);
    assert.equal(codeOf(answer), 'booking.slot-not-offered');
    const [entry] = auditEntries(await service.outbox(person.userId));
    assert.equal(entry?.reason, 'booking.slot-not-offered');
  });
}

const invalid: Record<string, Record<string, unknown>> = {
  'mass assignment of status': { status: 'cancelled' },
  'mass assignment of userId': { userId: newId('user') },
  'mass assignment of endsAt': { endsAt: '2027-04-07T15:00:00Z' },
  'a name with markup': { name: '<b>Ada</b>' },
  'a name with half a surrogate pair': { name: 'a\ud800' },
  'an e-mail address without a domain': { email: 'ada' },
  'an e-mail address with a second header': { email: 'ada@example.com\r\nBcc: eve@example.com' },
  'a phone number without a country': { phone: '015112345678' },
  'a phone number of 9 digits': { phone: '+123456789' },
  'a phone number of 16 digits': { phone: '+1234567890123456' },
  'a start without an offset': { startsAt: '2027-04-07T09:00:00' },
  'an id of another kind': { serviceId: newId('booking') },
};
for (const [what, wrong] of Object.entries(invalid)) {
  test(`400: ${what} is refused (API-5)`, async () => {
    const person = await service.signIn();
    const answer = await post(person, { ...requestFor(newSlot()), ...wrong });
    assert.equal(answer.status, 400);
    assert.equal(codeOf(answer), 'request.invalid');
    assert.equal(await countRows('bookings', person.userId), 0);
  });
}

test('400: a missing or malformed idempotency key is refused', async () => {
  const person = await service.signIn();
  const body = requestFor(newSlot());
  assert.equal((await service.call({ method: 'POST', path: '/v1/bookings', as: person, body })).status, 400);
  assert.equal((await post(person, body, 'short')).status, 400);
});

test('attack: SQL injection by name comes back verbatim', async () => {
  for (const name of ["Robert'); DROP TABLE bookings; --", "' OR '1'='1", '$1']) {
    const answer = await post(await service.signIn(), { ...requestFor(newSlot()), name });
    assert.equal(bookingSchema.parse(answer.body).name, name);
  }
});

test('401 and 403: without a token, or as a viewer, nothing is booked', async () => {
  const viewer = await service.signIn(['viewer']);
  const body = requestFor(newSlot());
  assert.equal((await post(null, body)).status, 401);
  assert.equal((await post(viewer, body)).status, 403);
  await waitFor(
    'the audit entry',
    async () => auditEntries(await service.outbox(viewer.userId))[0]?.action === 'access.refuse',
  );
  assert.equal((await post(await service.signIn(), body)).status, 201);
});

// Each breaks one step of the transaction; whichever it is, nothing may stay behind and nothing may be acknowledged.
const faults: Record<string, { breakIt: string; mendIt: string }> = {
  'the booking cannot be stored': {
    breakIt: 'ALTER TABLE bookings ADD CONSTRAINT broken CHECK (false) NOT VALID',
    mendIt: 'ALTER TABLE bookings DROP CONSTRAINT broken',
  },
  'the events cannot be stored': {
    breakIt: 'REVOKE INSERT ON outbox FROM booking',
    mendIt: 'GRANT INSERT ON outbox TO booking',
  },
  'the commit fails': {
    breakIt: `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
      CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON bookings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`,
    mendIt: 'DROP TRIGGER broken ON bookings; DROP FUNCTION fail()',
  },
};
for (const [what, { breakIt, mendIt }] of Object.entries(faults)) {
  test(`when ${what}, neither booking nor events stay behind, and the same key works afterwards (PRIN-7, KAFKA-4)`, async () => {
    const person = await service.signIn();
    const key = newKey();
    const body = { ...requestFor(newSlot()), name: 'Fragile Canary' };
    await service.database.ownerPool.query(breakIt);
    const failed = await post(person, body, key);
    await service.database.ownerPool.query(mendIt);

    assert.equal(failed.status, 500);
    for (const table of ['bookings', 'idempotent_requests']) assert.equal(await countRows(table, person.userId), 0);
    assert.deepEqual(await service.outbox(person.userId), []);
    assert.match(service.logged.join(''), /a request failed/);
    assert.doesNotMatch(service.logged.join(''), /canary|15112345678/i, 'the log holds nothing of the person (PRIV-6)');
    const mended = await post(person, body, key);
    assert.equal(mended.status, 201);
    assert.equal((await service.outbox(bookingSchema.parse(mended.body).id)).length, 1);
  });
}
