import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Booking, bookingSchema } from '@todo-chatbot/contracts';
import { type Person, whileForged } from '@todo-chatbot/local-platform/testing';
import { type CollectPersonalData, prismaOptions, SealBroken } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import {
  ada,
  type BookingService,
  consultationId,
  newKey,
  newSlot,
  startBookingService,
} from '../testing/bookingService.ts';
import { createCollectPersonalData } from './collectPersonalData.ts';

let service: BookingService;
let prisma: PrismaClient;
let collect: CollectPersonalData;
before(async () => {
  service = await startBookingService();
  prisma = new PrismaClient({ adapter: new PrismaPg(service.database.pool), ...prismaOptions });
  collect = createCollectPersonalData({ prisma, boxes: service.dataKeys.boxes('booking') });
});
after(async () => {
  await prisma.$disconnect();
  await service.close();
});

async function book(as: Person): Promise<Booking> {
  const body = { serviceId: consultationId, startsAt: newSlot().startsAt, ...ada };
  const call = { method: 'POST', path: '/v1/bookings', as, key: newKey(), body };
  return bookingSchema.parse((await service.call(call)).body);
}
const recordsOf = ({ userId }: Person) => Array.fromAsync(collect(userId));

test('a person gets bookings and kept answers, readable and in an order that stays, and nothing of anybody else (PRIV-3)', async () => {
  const [person, other] = [await service.signIn(), await service.signIn()];
  await book(other);
  const bookings = [await book(person), await book(person)];
  const records = await recordsOf(person);
  assert.deepEqual(
    records.slice(0, 2),
    bookings.map((record) => ({ kind: 'booking', record })),
  );
  const kept = records.slice(2);
  assert.deepEqual(new Set(kept.map(({ kind }) => kind)), new Set(['kept-answer']));
  const answers = kept.map(({ record }) => bookingSchema.parse(record.answer));
  assert.deepEqual(
    answers.toSorted((a, b) => a.id.localeCompare(b.id)),
    bookings,
  );
  assert.deepEqual(JSON.parse(JSON.stringify(records)), records, 'it is JSON');
  assert.deepEqual(await recordsOf(person), records);
});

test('attack: something that somebody changed ends the collection with an error instead of being left out (PRIV-3)', async () => {
  const person = await service.signIn();
  const { id } = await book(person);
  const place = { table: 'bookings', column: 'email', where: { id } };
  await whileForged(service.database.ownerPool, place, new Uint8Array(40), () =>
    assert.rejects(recordsOf(person), SealBroken),
  );
  assert.equal((await recordsOf(person)).length, 2);
});

test('of somebody who has nothing there is nothing, and of somebody erased nothing can be told (PRIV-4)', async () => {
  const [nobody, erased] = [await service.signIn(), await service.signIn()];
  assert.deepEqual(await recordsOf(nobody), []);
  await book(erased);
  service.dataKeys.destroy(erased.userId);
  await assert.rejects(recordsOf(erased), { code: 'person.erased' });
});
