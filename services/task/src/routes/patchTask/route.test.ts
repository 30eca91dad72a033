import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, type Task, taskSchema } from '@todo-chatbot/contracts';
import { auditEntries, codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService, taskIn } from '../../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

async function add(as: Person, body: Record<string, unknown> = { title: 'Buy milk' }): Promise<Task> {
  return taskSchema.parse((await service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body })).body);
}

const patch = (as: Person | null, id: string, body: unknown) =>
  service.call({ method: 'PATCH', path: `/v1/tasks/${id}`, as, body });

test('200: each field can be changed, the version counts, and each change has its event and audit entry', async () => {
  const person = await service.signIn();
  const { id } = await add(person);
  const due = { at: '2026-12-01T08:00:00.000Z', hasTime: false, timeZone: 'Europe/Berlin' };

  assert.equal(taskSchema.parse((await patch(person, id, { title: 'Buy bread' })).body).title, 'Buy bread');
  assert.equal(taskSchema.parse((await patch(person, id, { listName: 'Shopping' })).body).listName, 'Shopping');
  assert.deepEqual(taskSchema.parse((await patch(person, id, { due })).body).due, due);
  const answer = await patch(person, id, { due: null });

  const task = taskSchema.parse(answer.body);
  assert.equal(answer.status, 200);
  assert.deepEqual([task.title, task.listName, task.due, task.version], ['Buy bread', 'Shopping', null, 5]);
  const events = await service.outbox(id);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['task.created.v2', ...Array(4).fill('task.changed.v2')],
  );
  assert.deepEqual(taskIn(service, events[4]), task);
  const entries = auditEntries(await service.outbox(person.userId)).slice(1);
  assert.deepEqual(
    entries.map(({ action, success, input }) => [action, success, input.changed]),
    [
      ['task.change', true, ['title']],
      ['task.change', true, ['listName']],
      ['task.change', true, ['due']],
      ['task.change', true, ['due']],
    ],
  );
  assert.doesNotMatch(JSON.stringify(entries), /bread|Shopping/);
});

test('200: completing sets the time of completion, reopening clears it, and only completing is audited as such', async () => {
  const person = await service.signIn();
  const { id } = await add(person);
  const done = taskSchema.parse((await patch(person, id, { status: 'done' })).body);
  assert.equal(done.completedAt, service.clock.now().toISOString());
  const open = taskSchema.parse((await patch(person, id, { status: 'open' })).body);
  assert.equal(open.completedAt, null);
  const actions = auditEntries(await service.outbox(person.userId)).map(({ action }) => action);
  assert.deepEqual(actions, ['task.create', 'task.complete', 'task.change']);
});

test('200: a task moves to the list that is there, under its first spelling', async () => {
  const person = await service.signIn();
  await add(person, { title: 'x', listName: 'Shopping' });
  const { id } = await add(person);
  assert.equal(taskSchema.parse((await patch(person, id, { listName: 'sHOPPING' })).body).listName, 'Shopping');
});

test('200: a change that changes nothing gives the same task, no version and no news, and is audited as such', async () => {
  const person = await service.signIn();
  const task = await add(person, { title: 'x', listName: 'Shopping' });
  const same = { title: 'x', listName: 'SHOPPING', status: 'open', due: null };
  const answer = await patch(person, task.id, same);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, task);
  assert.equal((await service.outbox(task.id)).length, 1);
  const entry = auditEntries(await service.outbox(person.userId)).at(-1);
  assert.deepEqual([entry?.action, entry?.input.changed], ['task.change', []]);
});

test('200: 20 concurrent changes come one after the other: no version twice, no change lost, news in the order of versions', async () => {
  const person = await service.signIn();
  const { id } = await add(person);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      patch(person, id, index % 2 === 0 ? { title: `title ${index}` } : { listName: `list ${index}` }),
    ),
  );
  const versions = answers.map(({ body }) => taskSchema.parse(body).version).toSorted((a, b) => a - b);
  assert.deepEqual(
    versions,
    Array.from({ length: 20 }, (_, index) => index + 2),
  );
  const news = (await service.outbox(id)).slice(1).map((event) => taskIn(service, event));
  assert.deepEqual(
    news.map(({ version }) => version),
    versions,
  );
  const last = news.at(-1);
  assert.match(
    `${last?.title} ${last?.listName}`,
    /^title \d+ list \d+$/,
    'the last state holds changes of both kinds',
  );
});

test('attack: another person’s task answers exactly as one that does not exist, and stays as it is', async () => {
  const [ada, eve] = [await service.signIn(), await service.signIn()];
  const task = await add(ada);
  const foreign = await patch(eve, task.id, { title: 'stolen' });
  await service.call({ method: 'DELETE', path: `/v1/tasks/${task.id}`, as: ada });
  const missing = await patch(eve, task.id, { title: 'stolen' });
  assert.equal(foreign.status, 404);
  assert.equal(codeOf(foreign), 'task.not-found');
  assert.equal(foreign.text, missing.text);
  const news = await service.outbox(task.id);
  assert.deepEqual(
    news.map(({ type }) => type),
    ['task.created.v2', 'task.deleted.v1'],
  );
});

test('attack: the audit trail tells the owner nothing of a stranger’s attempt, and of the attempt no more than was sent', async () => {
  const [ada, eve] = [await service.signIn(), await service.signIn()];
  const task = await add(ada);
  const missingId = newId('task');
  await patch(eve, task.id, { status: 'done' });
  await patch(eve, missingId, { status: 'done' });
  const [foreign, missing] = auditEntries(await service.outbox(eve.userId));
  assert.equal(foreign?.action, 'task.complete');
  assert.equal(foreign?.success, false);
  assert.equal(foreign?.reason, 'task.not-found');
  assert.deepEqual({ ...foreign, object: null, traceId: null }, { ...missing, object: null, traceId: null });
  assert.equal(auditEntries(await service.outbox(ada.userId)).length, 1);
});

const invalidBodies: Record<string, unknown> = {
  nothing: {},
  'mass assignment of version': { title: 'x', version: 7 },
  'mass assignment of userId': { userId: newId('user') },
  'mass assignment of completedAt': { completedAt: '2026-01-01T00:00:00Z' },
  'an unknown status': { status: 'archived' },
  'a title of null': { title: null },
};
for (const [what, body] of Object.entries(invalidBodies)) {
  test(`400: ${what} is refused and changes nothing`, async () => {
    const person = await service.signIn();
    const task = await add(person);
    const answer = await patch(person, task.id, body);
    assert.equal(answer.status, 400);
    assert.equal((await service.outbox(task.id)).length, 1);
  });
}

test('attack: an id that is none is refused', async () => {
  const person = await service.signIn();
  for (const id of ["1' OR '1'='1", newId('user'), 'tsk_..%2f..%2fadmin', '%00']) {
    const answer = await patch(person, encodeURIComponent(id), { title: 'x' });
    assert.ok(answer.status === 400 || answer.status === 404, `${id}: ${answer.status}`);
  }
});

test('401 and 403: without a token, or as a viewer, nothing changes', async () => {
  const person = await service.signIn();
  const task = await add(person);
  assert.equal((await patch(null, task.id, { title: 'x' })).status, 401);
  assert.equal((await patch(await service.signIn(['viewer']), task.id, { title: 'x' })).status, 403);
  assert.equal((await service.outbox(task.id)).length, 1);
});

test('when the news cannot be stored, the change is not there either (PRIN-7, KAFKA-4)', async () => {
  const person = await service.signIn();
  const task = await add(person);
  await service.database.ownerPool.query('REVOKE INSERT ON outbox FROM task');
  const failed = await patch(person, task.id, { title: 'lost' });
  await service.database.ownerPool.query('GRANT INSERT ON outbox TO task');
  assert.equal(failed.status, 500);
  assert.equal(taskSchema.parse((await patch(person, task.id, { status: 'done' })).body).title, 'Buy milk');
});

test('trap: a row locked for long ends as a 503 by PostgreSQL’s time-out and not as the end of the process (prisma/orm#29952)', async () => {
  const person = await service.signIn();
  const task = await add(person);
  const blocker = await service.database.ownerPool.connect();
  await blocker.query('BEGIN');
  await blocker.query('SELECT FROM tasks WHERE id = $1 FOR UPDATE', [task.id]);
  const blocked = await Promise.all(Array.from({ length: 5 }, () => patch(person, task.id, { title: 'blocked' })));
  await blocker.query('ROLLBACK');
  blocker.release();
  assert.deepEqual(new Set(blocked.map(({ status }) => status)), new Set([503]));
  assert.equal(blocked.map(codeOf)[0], 'upstream.unavailable');
  const answer = await patch(person, task.id, { title: 'free again' });
  assert.equal(taskSchema.parse(answer.body).version, 2);
});
