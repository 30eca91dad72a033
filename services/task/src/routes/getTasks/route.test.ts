import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, type Task, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { auditEntries, codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import fc from 'fast-check';
import { newKey, startTaskService, type TaskService } from '../../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

async function add(as: Person, body: Record<string, unknown>, isDone = false): Promise<Task> {
  service.clock.advance(1);
  const created = await service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body });
  const task = taskSchema.parse(created.body);
  if (!isDone) return task;
  const path = `/v1/tasks/${task.id}`;
  return taskSchema.parse((await service.call({ method: 'PATCH', path, as, body: { status: 'done' } })).body);
}

const get = (as: Person | null, query: Record<string, string> = {}) =>
  service.call({ method: 'GET', path: `/v1/tasks?${new URLSearchParams(query)}`, as });

async function pageOf(as: Person, query: Record<string, string> = {}) {
  return taskPageSchema.parse((await get(as, query)).body);
}

/** All pages, one after the other. */
async function allPages(as: Person, query: Record<string, string>): Promise<Task[]> {
  const found: Task[] = [];
  let cursor: string | null = null;
  do {
    const page = await pageOf(as, cursor === null ? query : { ...query, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const due = (day: number) => ({
  at: `2026-12-${String(day).padStart(2, '0')}T09:00:00.000Z`,
  hasTime: true,
  timeZone: 'UTC',
});

test('200: open before done, earlier due first, without due last, then oldest first', async () => {
  const person = await service.signIn();
  await add(person, { title: 'done, due 1', due: due(1) }, true);
  await add(person, { title: 'no due, older' });
  await add(person, { title: 'no due, newer' });
  await add(person, { title: 'due 3', due: due(3) });
  await add(person, { title: 'due 2, older', due: due(2) });
  await add(person, { title: 'due 2, newer', due: due(2) });
  await add(person, { title: 'done, no due' }, true);
  const { items, nextCursor } = await pageOf(person);
  assert.deepEqual(
    items.map(({ title }) => title),
    ['due 2, older', 'due 2, newer', 'due 3', 'no due, older', 'no due, newer', 'done, due 1', 'done, no due'],
  );
  assert.equal(nextCursor, null);
});

test('200: pages of any size join to the whole, in order, nothing twice and nothing left out', async () => {
  const person = await service.signIn();
  const shape = fc.record({ day: fc.option(fc.integer({ min: 1, max: 3 })), isDone: fc.boolean() });
  for (const { day, isDone } of fc.sample(shape, { numRuns: 23, seed: 7 })) {
    await add(person, { title: 'x', ...(day === null ? {} : { due: due(day) }) }, isDone);
  }
  const { items: whole } = await pageOf(person);
  assert.equal(whole.length, 23);
  for (const limit of ['1', '2', '5', '22', '23', '24']) assert.deepEqual(await allPages(person, { limit }), whole);
});

test('200: a page knows whether it is the last, also when it is exactly full', async () => {
  const person = await service.signIn();
  await add(person, { title: 'one' });
  await add(person, { title: 'two' });
  assert.equal((await pageOf(person, { limit: '2' })).nextCursor, null);
  assert.notEqual((await pageOf(person, { limit: '1' })).nextCursor, null);
});

test('200: the status filters', async () => {
  const person = await service.signIn();
  await add(person, { title: 'open' });
  await add(person, { title: 'done' }, true);
  const titles = async (status: string) => (await pageOf(person, { status })).items.map(({ title }) => title);
  assert.deepEqual(await titles('open'), ['open']);
  assert.deepEqual(await titles('done'), ['done']);
  assert.deepEqual(await titles('all'), ['open', 'done']);
});

test('200: a list is found whatever the case of its name, and an unknown one is empty', async () => {
  const person = await service.signIn();
  await add(person, { title: 'milk', listName: 'Straße' });
  await add(person, { title: 'other' });
  for (const listName of ['straße', 'STRASSE', ' Straße ']) {
    assert.deepEqual(
      (await pageOf(person, { listName })).items.map(({ title }) => title),
      ['milk'],
    );
  }
  assert.deepEqual((await pageOf(person, { listName: 'nowhere' })).items, []);
});

test('200: reading is audited with the number of tasks and without the name of the list (AUD-1, AUD-4)', async () => {
  const person = await service.signIn();
  await add(person, { title: 'one', listName: 'canary-list' });
  await pageOf(person, { status: 'open', listName: 'canary-list' });
  const entry = auditEntries(await service.outbox(person.userId)).at(-1);
  assert.equal(entry?.action, 'task.list');
  assert.equal(entry?.category, 'data-access');
  assert.deepEqual(entry?.input, { count: 1, status: 'open', hasListName: true });
});

test('500: what cannot be audited is not read (PRIN-6, PRIN-7)', async () => {
  const person = await service.signIn();
  await service.database.ownerPool.query('REVOKE INSERT ON outbox FROM task');
  const answer = await get(person);
  await service.database.ownerPool.query('GRANT INSERT ON outbox TO task');
  assert.equal(answer.status, 500);
  assert.equal(codeOf(answer), 'internal.error');
});

test('attack: another person’s tasks are never on the page, whatever the filter or the cursor', async () => {
  const [ada, eve] = [await service.signIn(), await service.signIn()];
  await add(ada, { title: 'secret one', listName: 'Private' });
  await add(ada, { title: 'secret two', listName: 'Private' });
  const { nextCursor } = await pageOf(ada, { limit: '1' });
  assert.ok(nextCursor);
  assert.deepEqual((await pageOf(eve, { listName: 'Private' })).items, []);
  assert.deepEqual((await pageOf(eve, { cursor: nextCursor })).items, []);
});

test('attack: SQL injection by filter finds nothing and breaks nothing', async () => {
  const [ada, eve] = [await service.signIn(), await service.signIn()];
  await add(ada, { title: 'safe' });
  for (const listName of ["' OR '1'='1", "x'; DROP TABLE tasks; --", "') OR user_id IS NOT NULL --", '$1']) {
    const answer = await get(eve, { listName });
    assert.equal(answer.status, 200);
    assert.deepEqual(taskPageSchema.parse(answer.body).items, []);
  }
  assert.equal((await pageOf(ada)).items.length, 1);
});

const forgedPosition = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
const invalidQueries: Record<string, Record<string, string>> = {
  'an unknown status': { status: "open' OR 1=1" },
  'a limit of 0': { limit: '0' },
  'a limit of 201': { limit: '201' },
  'a fractional limit': { limit: '1.5' },
  'an unknown parameter': { userId: newId('user') },
  'a cursor of another kind': { cursor: 'abc' },
  'a forged cursor with SQL': { cursor: forgedPosition([false, null, "2026-01-01' OR 1=1", newId('task')]) },
  'a forged cursor with a moment that PostgreSQL cannot hold': {
    cursor: forgedPosition([false, '0000-01-01T00:00:00Z', '2026-01-01T00:00:00Z', newId('task')]),
  },
  'an overlong cursor': { cursor: 'a'.repeat(201) },
};
for (const [what, query] of Object.entries(invalidQueries)) {
  test(`400: ${what} is refused`, async () => {
    const answer = await get(await service.signIn(), query);
    assert.equal(answer.status, 400);
    assert.equal(codeOf(answer), 'request.invalid');
  });
}

test('400: a parameter given twice is refused', async () => {
  const answer = await service.call({
    method: 'GET',
    path: '/v1/tasks?status=open&status=done',
    as: await service.signIn(),
  });
  assert.equal(answer.status, 400);
});

test('401: without a token nothing is shown', async () => {
  assert.equal((await get(null)).status, 401);
});

test('403: a viewer has no tasks of their own', async () => {
  assert.equal((await get(await service.signIn(['viewer']))).status, 403);
});
