import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { auditEntries, codeOf, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService, taskIn } from '../../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

const post = (as: Person | null, body: unknown, key: string | undefined = newKey()) =>
  service.call({ method: 'POST', path: '/v1/tasks', as, body, ...(key === undefined ? {} : { key }) });

async function tasksOf(person: Person) {
  return taskPageSchema.parse((await service.call({ method: 'GET', path: '/v1/tasks', as: person })).body).items;
}

async function countRows(table: string, userId: string): Promise<number> {
  const { rows } = await service.database.ownerPool.query(
    `SELECT count(*)::int AS n FROM ${table} WHERE user_id = $1`,
    [userId],
  );
  return rows[0].n;
}

test('201: a task is stored with its list and due date, its event and a masked audit entry (PRIN-7, KAFKA-4)', async () => {
  const person = await service.signIn();
  const due = { at: '2026-11-24T16:00:00Z', hasTime: true, timeZone: 'Europe/Berlin' };

  const answer = await post(person, { title: 'Buy milk for Zaphod', listName: 'Shopping', due });

  assert.equal(answer.status, 201);
  const task = taskSchema.parse(answer.body);
  assert.deepEqual(
    { ...task, id: '' },
    {
      id: '',
      title: 'Buy milk for Zaphod',
      listName: 'Shopping',
      status: 'open',
      due: { ...due, at: '2026-11-24T16:00:00.000Z' },
      createdAt: service.clock.now().toISOString(),
      completedAt: null,
      version: 1,
    },
  );
  assert.deepEqual(await tasksOf(person), [task]);
  const [created, ...others] = await service.outbox(task.id);
  assert.equal(created?.type, 'task.created.v2');
  assert.deepEqual(taskIn(service, created), task);
  assert.equal(others.length, 0);
  const [entry] = auditEntries(await service.outbox(person.userId));
  assert.equal(entry?.action, 'task.create');
  assert.equal(entry?.success, true);
  assert.equal(entry?.sessionId, person.sessionId);
  assert.deepEqual(entry?.object, { type: 'task', id: task.id });
  assert.deepEqual(entry?.input, { titleLength: 19, hasListName: true, hasDue: true });
});

test('no audit entry holds a word of a task (AUD-4, PRIV-6)', async () => {
  const person = await service.signIn();
  await post(person, { title: 'canary-title', listName: 'canary-list' });
  await tasksOf(person);
  assert.doesNotMatch(JSON.stringify(await service.outbox(person.userId)), /canary/);
});

test('201: a list keeps the first spelling of its name for that person, and only for that person', async () => {
  const [ada, bob] = [await service.signIn(), await service.signIn()];
  await post(ada, { title: 'one', listName: 'shopping' });
  assert.equal(taskSchema.parse((await post(ada, { title: 'two', listName: 'SHOPPING' })).body).listName, 'shopping');
  assert.equal(taskSchema.parse((await post(bob, { title: 'one', listName: 'SHOPPING' })).body).listName, 'SHOPPING');
});

test('201: concurrent first uses of a list agree on one spelling', async () => {
  const person = await service.signIn();
  const spellings = ['Errands', 'errands', 'ERRANDS', 'eRRANDS', 'ErRaNdS'];
  const answers = await Promise.all(spellings.map((listName) => post(person, { title: 'x', listName })));
  assert.equal(new Set(answers.map(({ body }) => taskSchema.parse(body).listName)).size, 1);
  assert.equal(await countRows('lists', person.userId), 1);
});

test('201: a repeated key gives the stored answer, byte for byte, even after the task changed (API-5)', async () => {
  const person = await service.signIn();
  const key = newKey();
  const body = { title: 'Once', due: { at: '2026-12-01T00:00:00Z', hasTime: false, timeZone: 'UTC' } };
  const first = await post(person, body, key);
  const { id } = taskSchema.parse(first.body);
  await service.call({ method: 'DELETE', path: `/v1/tasks/${id}`, as: person });

  const reordered = { due: { timeZone: 'UTC', hasTime: false, at: '2026-12-01T00:00:00Z' }, title: 'Once' };
  const again = await post(person, reordered, key);

  assert.equal(again.status, 201);
  assert.deepEqual(again.body, first.body);
  assert.deepEqual(await tasksOf(person), []);
});

test('201: the same key of another person is another key', async () => {
  const [ada, bob] = [await service.signIn(), await service.signIn()];
  const key = newKey();
  const answers = [await post(ada, { title: 'x' }, key), await post(bob, { title: 'y' }, key)];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201],
  );
});

test('50 concurrent creations with one key make one task, one event and one audit entry', async () => {
  const person = await service.signIn();
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(person, { title: 'Only once' }, key)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(answers.map(({ body }) => taskSchema.parse(body).id)).size, 1);
  const [task, ...others] = await tasksOf(person);
  assert.ok(task);
  assert.equal(others.length, 0);
  assert.equal((await service.outbox(task.id)).length, 1);
  const created = auditEntries(await service.outbox(person.userId)).filter(({ action }) => action === 'task.create');
  assert.equal(created.length, 1);
});

test('409: the same key with another request makes nothing, not even a list, and is audited', async () => {
  const person = await service.signIn();
  const key = newKey();
  await post(person, { title: 'first' }, key);
  const answer = await post(person, { title: 'second', listName: 'Never made' }, key);
  assert.equal(answer.status, 409);
  assert.equal(codeOf(answer), 'request.idempotency-conflict');
  assert.equal((await tasksOf(person)).length, 1);
  assert.equal(await countRows('lists', person.userId), 1);
  const failure = auditEntries(await service.outbox(person.userId)).find(({ success }) => !success);
  assert.equal(failure?.action, 'task.create');
  assert.equal(failure?.reason, 'request.idempotency-conflict');
});

const injections = [
  "'; DROP TABLE tasks; --",
  "' OR '1'='1",
  '$1',
  '#{process.env}',
  '%00 \\x00 \\u0000',
  'null',
  '<script>alert(1)</script>',
  '{"$ne":null}',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 ‮txet',
];
for (const text of injections) {
  test(`attack: SQL and script injection by title and list name comes back verbatim: ${text}`, async () => {
    const person = await service.signIn();
    const answer = await post(person, { title: text, listName: text });
    assert.equal(answer.status, 201);
    const [task] = await tasksOf(person);
    assert.equal(task?.title, text);
    assert.equal(task?.listName, text);
  });
}

const invalidBodies: Record<string, unknown> = {
  'mass assignment of id': { title: 'x', id: newId('task') },
  'mass assignment of userId': { title: 'x', userId: newId('user') },
  'mass assignment of version': { title: 'x', version: 99 },
  'mass assignment of completedAt': { title: 'x', completedAt: '2026-01-01T00:00:00Z' },
  'mass assignment inside due': {
    title: 'x',
    due: { at: '2026-12-01T00:00:00Z', hasTime: true, timeZone: 'UTC', x: 1 },
  },
  'prototype pollution': JSON.parse('{"title":"x","__proto__":{"admin":true}}'),
  'an object for a title': { title: { toString: 'x' } },
  'no title': {},
  'a title of blanks': { title: '   ' },
  'a title of 501 characters': { title: 'x'.repeat(501) },
  'two lines': { title: 'one\ntwo' },
  'a null character': { title: 'a\u0000b' },
  'half a surrogate pair': { title: 'a\ud800b' },
  'a list name with half a surrogate pair': { title: 'x', listName: '\udc00' },
  'an unknown time zone': { title: 'x', due: { at: '2026-12-01T00:00:00Z', hasTime: true, timeZone: 'Mars/Olympus' } },
  'a day that is not': { title: 'x', due: { at: '2026-02-30T00:00:00Z', hasTime: true, timeZone: 'UTC' } },
  'the year 0': { title: 'x', due: { at: '0000-01-01T00:00:00Z', hasTime: true, timeZone: 'UTC' } },
  'an array': [],
};
for (const [what, body] of Object.entries(invalidBodies)) {
  test(`400: ${what} is refused and nothing stored`, async () => {
    const person = await service.signIn();
    const answer = await post(person, body);
    assert.equal(answer.status, 400);
    assert.equal(codeOf(answer), 'request.invalid');
    assert.equal(await countRows('tasks', person.userId), 0);
  });
}

test('201: the last day of year 9999 can be stored and read again', async () => {
  const person = await service.signIn();
  const due = { at: '9999-12-31T23:59:59.999Z', hasTime: true, timeZone: 'UTC' };
  assert.equal((await post(person, { title: 'x', due })).status, 201);
  assert.deepEqual((await tasksOf(person))[0]?.due, due);
});

test('400: a missing or malformed idempotency key is refused', async () => {
  const person = await service.signIn();
  const without = await service.call({ method: 'POST', path: '/v1/tasks', as: person, body: { title: 'x' } });
  assert.equal(without.status, 400);
  for (const key of ['short', 'x'.repeat(101), 'with blank inside']) {
    assert.equal((await post(person, { title: 'x' }, key)).status, 400);
  }
});

test('401: without a token nothing is stored', async () => {
  const answer = await post(null, { title: 'x' });
  assert.equal(answer.status, 401);
  assert.equal(codeOf(answer), 'auth.token-missing');
});

test('403: a viewer may not make tasks, and the refusal is audited (AUTH-10, AUD-1)', async () => {
  const viewer = await service.signIn(['viewer']);
  const answer = await post(viewer, { title: 'x' });
  assert.equal(answer.status, 403);
  assert.equal(codeOf(answer), 'access.permission-denied');
  await waitFor('the audit entry', async () => {
    const [entry] = auditEntries(await service.outbox(viewer.userId));
    return entry?.action === 'access.refuse' && entry.reason === 'access.permission-denied';
  });
});

// Each breaks one step of the transaction; whichever it is, nothing may stay behind and nothing may be acknowledged.
const faults: Record<string, { breakIt: string; mendIt: string }> = {
  'the task cannot be stored': {
    breakIt: 'ALTER TABLE tasks ADD CONSTRAINT broken CHECK (false) NOT VALID',
    mendIt: 'ALTER TABLE tasks DROP CONSTRAINT broken',
  },
  'the events cannot be stored': {
    breakIt: 'REVOKE INSERT ON outbox FROM task',
    mendIt: 'GRANT INSERT ON outbox TO task',
  },
  'the commit fails': {
    breakIt: `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
      CREATE CONSTRAINT TRIGGER broken AFTER INSERT ON tasks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`,
    mendIt: 'DROP TRIGGER broken ON tasks; DROP FUNCTION fail()',
  },
};
for (const [what, { breakIt, mendIt }] of Object.entries(faults)) {
  test(`when ${what}, neither task nor list nor events stay behind, and the same key works afterwards (PRIN-7, KAFKA-4)`, async () => {
    const person = await service.signIn();
    const key = newKey();
    await service.database.ownerPool.query(breakIt);
    const failed = await post(person, { title: 'fragile-canary' }, key);
    await service.database.ownerPool.query(mendIt);

    assert.equal(failed.status, 500);
    for (const table of ['tasks', 'lists', 'idempotent_requests'])
      assert.equal(await countRows(table, person.userId), 0, table);
    assert.deepEqual(await service.outbox(person.userId), []);
    assert.match(service.logged.join(''), /a request failed/);
    assert.doesNotMatch(service.logged.join(''), /canary/, 'the log holds no word of a task (PRIV-6)');
    const mended = await post(person, { title: 'fragile-canary' }, key);
    assert.equal(mended.status, 201);
    assert.equal((await service.outbox(taskSchema.parse(mended.body).id)).length, 1);
  });
}
