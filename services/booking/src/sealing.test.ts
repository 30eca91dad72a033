import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { bookingSchema, bookingsSchema, newId } from '@todo-chatbot/contracts';
import {
  codeOf,
  erasureRequestOf,
  forgeriesOf,
  type Person,
  plaintextIn,
  type StoredValue,
  whileForged,
} from '@todo-chatbot/local-platform/testing';
import { newEvent } from '@todo-chatbot/service-kit';
import { type BookingService, consultationId, newKey, newSlot, startBookingService } from './testing/bookingService.ts';

const ada = { name: 'Ada Kanarie', email: 'ada.kanarie@example.com', phone: '+4915187654321' };
const eve = { name: 'Eve Sittich', email: 'eve.sittich@example.com', phone: '+4915112345678' };

describe('Contacts of bookings rest sealed under the key of their person (DATA-2)', () => {
  let service: BookingService;
  before(async () => {
    service = await startBookingService();
  });
  after(() => service.close());

  const get = (as: Person) => service.call({ method: 'GET', path: '/v1/bookings', as });
  const bookingsOf = async (as: Person) => bookingsSchema.parse((await get(as)).body).items;
  const post = (as: Person, contact: object, { startsAt } = newSlot(), key = newKey()) =>
    service.call({
      method: 'POST',
      path: '/v1/bookings',
      as,
      key,
      body: { serviceId: consultationId, startsAt, ...contact },
    });
  async function book(as: Person, contact: typeof ada, slot = newSlot(), key = newKey()): Promise<string> {
    return bookingSchema.parse((await post(as, contact, slot, key)).body).id;
  }

  async function rowsOf(as: Person): Promise<Record<string, number>> {
    const counts = ['bookings', 'idempotent_requests'].map(async (table) => {
      const statement = `SELECT FROM ${table} WHERE user_id = $1`;
      return [table, (await service.database.ownerPool.query(statement, [as.userId])).rowCount ?? 0] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  it('attack: whoever reads the whole database finds no name, address or number in any encoding (PRIV-4)', async () => {
    const [person, late, viewer] = [await service.signIn(), await service.signIn(), await service.signIn(['viewer'])];
    const [slot, key] = [newSlot(), newKey()];
    const id = await book(person, ada, slot, key);
    await post(person, ada, slot, key);
    assert.equal(codeOf(await post(person, eve, slot, key)), 'request.idempotency-conflict');
    assert.equal(codeOf(await post(late, eve, slot)), 'booking.slot-taken');
    assert.equal(
      codeOf(await post(late, eve, { startsAt: '2026-11-29T09:00:00Z', endsAt: '' })),
      'booking.slot-not-offered',
    );
    assert.equal((await post(late, { ...eve, serviceId: newId('service') })).status, 404);
    assert.equal((await post(late, { ...eve, phone: 'x' })).status, 400);
    assert.equal((await post(viewer, eve)).status, 403);
    await get(person);

    const words = [ada, eve].flatMap((contact) => [
      ...Object.values(contact),
      ...contact.name.split(' ').slice(1),
      contact.phone.slice(3, 10),
    ]);
    assert.deepEqual(await plaintextIn(service.database.ownerPool, words), []);
    assert.doesNotMatch(service.logged.join(''), /kanarie|sittich|15187654321|15112345678/i);
    const seen = await plaintextIn(service.database.ownerPool, [id]);
    for (const table of ['bookings', 'outbox']) assert.ok(seen.includes(`${table}: UTF-8 of ${id}`), 'ids are found');
    assert.equal((await bookingsOf(person))[0]?.email, ada.email, 'and the person reads what is theirs');
  });

  describe('attack: what somebody changed in the database is refused, tells nothing, and leaves the rest readable', () => {
    let owner: Person;
    let other: Person;
    let [victim, neighbour, foreign] = ['', '', ''];
    const [slot, key, neighbourKey] = [newSlot(), newKey(), newKey()];
    before(async () => {
      [owner, other] = [await service.signIn(), await service.signIn()];
      victim = await book(owner, ada, slot, key);
      neighbour = await book(owner, { ...ada, name: 'Ada Neighbour' }, newSlot(), neighbourKey);
      foreign = await book(other, eve, newSlot(), key);
    });

    const columnOf = (column: string, id: string): StoredValue => ({ table: 'bookings', column, where: { id } });
    const answerOf = (person: Person, idempotencyKey: string): StoredValue => ({
      table: 'idempotent_requests',
      column: 'answer',
      where: {
        user_id: person.userId,
        key: service.dataKeys.boxOf(person.userId, 'booking').index('idempotent_requests.key', idempotencyKey),
      },
    });

    async function refuses(place: StoredValue, others: Record<string, StoredValue>, use: () => ReturnType<typeof get>) {
      const { ownerPool } = service.database;
      for (const [forgery, bytes] of Object.entries(await forgeriesOf(ownerPool, place, others))) {
        await whileForged(ownerPool, place, bytes, async () => {
          const answer = await use();
          assert.equal(answer.status, 500, forgery);
          assert.equal(codeOf(answer), 'internal.error');
          assert.doesNotMatch(answer.text, /ada|eve|neighbour|@|\+49/i);
          assert.equal((await bookingsOf(other)).length, 1, 'another person goes on');
          assert.equal(codeOf(await post(other, eve, slot)), 'booking.slot-taken', 'and the slot stays taken (BOOK-1)');
        });
      }
      assert.ok((await use()).status < 300, 'put back, it opens again');
    }

    for (const column of ['name', 'email', 'phone']) {
      it(`bookings.${column}: each flipped bit, truncation and addition, and the value of each other row, person and field`, async () => {
        const others = {
          'another row': columnOf(column, neighbour),
          'another person': columnOf(column, foreign),
          'another field': columnOf(column === 'phone' ? 'name' : 'phone', victim),
        };
        await refuses(columnOf(column, victim), others, () => get(owner));
      });
    }

    it('idempotent_requests.answer: each flipped bit, truncation and addition, and the value of each other row, person and field', async () => {
      const others = {
        'another row': answerOf(owner, neighbourKey),
        'another person': answerOf(other, key),
        'another field': columnOf('name', victim),
      };
      await refuses(answerOf(owner, key), others, () => post(owner, ada, slot, key));
    });

    it('and the log tells no word of it', () => {
      assert.match(service.logged.join(''), /SealBroken/);
      assert.doesNotMatch(service.logged.join(''), /kanarie|sittich|15187654321|15112345678/i);
    });
  });

  it('the migration refuses a database that holds plain text, rather than lose it', async () => {
    await book(await service.signIn(), ada);
    const file = new URL('../prisma/migrations/20261127102200_seal_bookings.sql', import.meta.url);
    await assert.rejects(service.database.ownerPool.query(await readFile(file, 'utf8')), /in plain text/);
  });

  it('while auth gives no keys, nothing is booked and no slot taken; afterwards it goes through (PRIN-6)', async () => {
    const person = await service.signIn();
    const [slot, key] = [newSlot(), newKey()];
    service.clock.advance(60_000);
    service.dataKeys.auth.isUp = false;
    try {
      for (const answer of [await post(person, ada, slot, key), await get(person)]) {
        assert.equal(answer.status, 503);
        assert.equal(codeOf(answer), 'upstream.unavailable');
      }
      const query = new URLSearchParams({ serviceId: consultationId, from: slot.startsAt, to: slot.endsAt });
      const slots = await service.call({ method: 'GET', path: `/v1/slots?${query}`, as: person });
      assert.deepEqual(slots.body, { items: [slot] }, 'what is nobody’s takes no key');
    } finally {
      service.dataKeys.auth.isUp = true;
    }
    assert.deepEqual(await rowsOf(person), { bookings: 0, idempotent_requests: 0 });
    assert.deepEqual(await service.outbox(person.userId), []);
    assert.equal((await post(person, ada, slot, key)).status, 201);
  });

  it('once the key of a person is destroyed, nothing of theirs opens, at once when the news comes (PRIV-4)', async () => {
    const person = await service.signIn();
    const { userId } = person;
    await book(person, ada);
    service.dataKeys.destroy(userId);
    assert.equal((await get(person)).status, 200, 'the key is remembered for a minute');
    // Version 0 refuses no token, so that what answers is the key.
    const accessTokensExpireAt = new Date(service.clock.now().getTime() + 1_800_000).toISOString();
    const data = { userId, minimumVersion: 0, accessTokensExpireAt };
    await service.deliver(newEvent({ type: 'auth.access_changed.v1', subject: userId, source: 'auth', data }));
    for (const answer of [await get(person), await post(person, ada)]) {
      assert.equal(answer.status, 410);
      assert.equal(codeOf(answer), 'person.erased');
    }
    assert.deepEqual(
      (await service.deliver(erasureRequestOf(person))).body,
      { status: 'SUCCESS' },
      'to forget somebody takes no key',
    );
    assert.deepEqual(await rowsOf(person), { bookings: 0, idempotent_requests: 0 });
  });
});
