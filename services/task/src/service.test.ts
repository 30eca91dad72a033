import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { taskSchema } from '@todo-chatbot/contracts';
import { codeOf, columnsOfDatabase, columnsOfModels, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService } from './testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

const list = (as: Person | null, headers: Record<string, string> = {}, path = '/v1/tasks') =>
  service.call({ method: 'GET', path, as, headers });

async function add(as: Person, title: string): Promise<string> {
  const call = { method: 'POST', path: '/v1/tasks', as, key: newKey(), body: { title } };
  return taskSchema.parse((await service.call(call)).body).id;
}

test('the migrated database and schema.prisma tell the same', async () => {
  assert.deepEqual(
    await columnsOfDatabase(service.database.ownerPool),
    columnsOfModels(new URL('../prisma/schema.prisma', import.meta.url)),
  );
});

test('attack: a request without the sidecar’s token is refused (MESH-4)', async () => {
  const person = await service.signIn();
  assert.equal((await list(person, { 'dapr-api-token': '' })).status, 401);
  assert.equal((await list(person, { 'dapr-api-token': 'guessed' })).status, 401);
});

test('attack: a service that is not on the list of callers is refused, whatever token it carries (PRIN-3, MESH-2)', async () => {
  const person = await service.signIn();
  for (const caller of ['booking', 'auth', 'task', 'CHAT-GATEWAY', '']) {
    assert.equal(codeOf(await list(person, { 'dapr-caller-app-id': caller })), 'access.caller-denied');
  }
});

test('attack: another spelling of a path reaches nothing', async () => {
  const person = await service.signIn();
  for (const path of ['/v1/tasks/', '/V1/TASKS', '/v1/TASKS', '/v1/tasks/../tasks/', '/v1//tasks', '/v1/tasks%2F']) {
    const { status } = await list(person, {}, path);
    assert.ok(status === 404 || status === 405, `${path}: ${status}`);
  }
});

test('a revoked session is refused from the moment its event arrives (AUTH-11)', async () => {
  const person = await service.signIn();
  assert.equal((await list(person)).status, 200);
  assert.deepEqual((await service.revoke(person)).body, { status: 'SUCCESS' });
  assert.equal(codeOf(await list(person)), 'auth.token-invalid');
  assert.equal((await list(await service.signIn())).status, 200);
});

test('events wait while the broker is down and come out in the order of the changes once it is up (KAFKA-3, KAFKA-4)', async () => {
  const person = await service.signIn();
  const id = await add(person, 'one');
  for (const title of ['two', 'three']) {
    await service.call({ method: 'PATCH', path: `/v1/tasks/${id}`, as: person, body: { title } });
  }
  await service.call({ method: 'DELETE', path: `/v1/tasks/${id}`, as: person });

  service.broker.isUp = true;
  await waitFor(
    'an empty outbox',
    async () => (await service.outbox(id)).length === 0 && (await service.outbox(person.userId)).length === 0,
  );
  service.broker.isUp = false;

  const news = service.broker.published.filter(({ subject }) => subject === id).map(({ type }) => type);
  assert.deepEqual(news, ['task.created.v2', 'task.changed.v2', 'task.changed.v2', 'task.deleted.v1']);
  const audited = service.broker.published.filter(({ subject }) => subject === person.userId);
  assert.equal(audited.length, 4);
});

const forbidden: Record<string, string> = {
  'create a table': 'CREATE TABLE loot (id int)',
  'create a schema': 'CREATE SCHEMA loot',
  'create a function': `CREATE FUNCTION loot() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  'create a temporary table': 'CREATE TEMPORARY TABLE loot (id int)',
  'create a role': 'CREATE ROLE loot LOGIN',
  'change a table': 'ALTER TABLE tasks ADD COLUMN loot int',
  'drop a table': 'DROP TABLE tasks',
  'empty a table': 'TRUNCATE tasks CASCADE',
  'change an owner': `UPDATE tasks SET user_id = 'eve'`,
  'change an id': `UPDATE tasks SET id = 'eve'`,
  'rename a list': `UPDATE lists SET name = 'loot'`,
  'change a stored answer': `UPDATE idempotent_requests SET answer = '{}'`,
  'change an event that waits': `UPDATE outbox SET event = '{}'`,
  'forget a migration': 'DELETE FROM migrations',
  'read passwords': 'SELECT * FROM pg_authid',
  'read files': `SELECT pg_read_file('/etc/passwd')`,
  'run programs': `COPY tasks TO PROGRAM 'cat'`,
  'become the owner': 'SET ROLE task_owner',
};
for (const [what, statement] of Object.entries(forbidden)) {
  test(`attack: with the service’s own role SQL cannot ${what} (PRIN-2, DATA-4)`, async () => {
    await assert.rejects(service.database.pool.query(statement), { code: '42501' });
  });
}

test('attack: the service’s role reaches no other database (PRIN-2)', async () => {
  const { rows } = await service.database.ownerPool.query(
    `SELECT datname FROM pg_database WHERE datname <> 'task' AND datallowconn AND has_database_privilege('task', datname, 'CONNECT')`,
  );
  assert.deepEqual(rows, []);
});
