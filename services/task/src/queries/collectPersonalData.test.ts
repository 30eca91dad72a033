import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { type Task, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { type Person, whileForged } from '@todo-chatbot/local-platform/testing';
import { type CollectPersonalData, prismaOptions, SealBroken } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { newKey, startTaskService, type TaskService } from '../testing/taskService.ts';
import { createCollectPersonalData } from './collectPersonalData.ts';

let service: TaskService;
let prisma: PrismaClient;
let collect: CollectPersonalData;
before(async () => {
  service = await startTaskService();
  prisma = new PrismaClient({ adapter: new PrismaPg(service.database.pool), ...prismaOptions });
  collect = createCollectPersonalData({ prisma, boxes: service.dataKeys.boxes('task') });
});
after(async () => {
  await prisma.$disconnect();
  await service.close();
});

async function add(as: Person, body: object): Promise<Task> {
  const call = { method: 'POST', path: '/v1/tasks', as, key: newKey(), body };
  return taskSchema.parse((await service.call(call)).body);
}
const recordsOf = ({ userId }: Person) => Array.fromAsync(collect(userId));

test('a person gets lists, tasks and kept answers, readable and in an order that stays, and nothing of anybody else (PRIV-3)', async () => {
  const [ada, bob] = [await service.signIn(), await service.signIn()];
  await add(bob, { title: 'foreign', listName: 'Foreign' });
  const due = { at: '2026-12-01T08:00:00.000Z', hasTime: true, timeZone: 'Europe/Berlin' };
  const milk = await add(ada, { title: 'Milch für Ünal', listName: 'Straße', due });
  const bread = await add(ada, { title: 'bread' });
  const path = `/v1/tasks/${milk.id}`;
  const { body } = await service.call({ method: 'PATCH', path, as: ada, body: { status: 'done' } });

  const records = await recordsOf(ada);
  const of = (kind: string) => records.filter((each) => each.kind === kind).map(({ record }) => record);
  assert.deepEqual(of('task'), [body, bread]);
  const createdAt = service.clock.now().toISOString();
  assert.deepEqual(
    of('list').toSorted((a, b) => `${a.name}`.localeCompare(`${b.name}`)),
    ['Straße', 'Tasks'].map((name) => ({ name, createdAt })),
  );
  const answers = of('kept-answer').map(({ answer }) => taskSchema.parse(answer));
  assert.deepEqual(
    answers.toSorted((a, b) => a.id.localeCompare(b.id)),
    [milk, bread],
  );
  assert.equal(records.length, 6);
  assert.deepEqual(JSON.parse(JSON.stringify(records)), records, 'it is JSON');
  assert.deepEqual(await recordsOf(ada), records);
});

test('more than a page holds comes whole: each list, task and answer once (PRIV-3)', async () => {
  const person = await service.signIn();
  const names = Array.from({ length: 203 }, (_, index) => `List ${index}`);
  for (const name of names) await add(person, { title: name, listName: name });
  const records = await recordsOf(person);
  const distinct = (kind: string, tell: (record: Readonly<Record<string, unknown>>) => unknown) =>
    new Set(records.filter((each) => each.kind === kind).map(({ record }) => tell(record))).size;
  assert.equal(records.length, 3 * names.length);
  assert.equal(
    distinct('list', ({ name }) => name),
    names.length,
  );
  assert.equal(
    distinct('task', ({ title }) => title),
    names.length,
  );
  assert.equal(
    distinct('kept-answer', ({ answer }) => taskSchema.parse(answer).id),
    names.length,
  );
  const page = taskPageSchema.parse((await service.call({ method: 'GET', path: '/v1/tasks', as: person })).body);
  assert.equal(page.items.length, 100);
});

test('attack: something that somebody changed ends the collection with an error instead of being left out (PRIV-3)', async () => {
  const person = await service.signIn();
  const { id } = await add(person, { title: 'milk' });
  const place = { table: 'tasks', column: 'title', where: { id } };
  await whileForged(service.database.ownerPool, place, new Uint8Array(40), () =>
    assert.rejects(recordsOf(person), SealBroken),
  );
  assert.equal((await recordsOf(person)).length, 3);
});

test('of somebody who has nothing there is nothing, and of somebody erased nothing can be told (PRIV-4)', async () => {
  const [nobody, erased] = [await service.signIn(), await service.signIn()];
  assert.deepEqual(await recordsOf(nobody), []);
  await add(erased, { title: 'milk' });
  service.dataKeys.destroy(erased.userId);
  await assert.rejects(recordsOf(erased), { code: 'person.erased' });
});
