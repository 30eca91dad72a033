import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
import { auditEntries, codeOf, type Person } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService } from '../../testing/taskService.ts';

let service: TaskService;
before(async () => {
  service = await startTaskService();
});
after(() => service.close());

async function add(as: Person): Promise<string> {
  const body = { title: 'Buy milk' };
  return taskSchema.parse((await service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body })).body).id;
}

const remove = (as: Person | null, id: string) => service.call({ method: 'DELETE', path: `/v1/tasks/${id}`, as });

async function idsOf(as: Person): Promise<string[]> {
  const { body } = await service.call({ method: 'GET', path: '/v1/tasks', as });
  return taskPageSchema.parse(body).items.map(({ id }) => id);
}

test('204: the task is gone, with its event and audit entry', async () => {
  const person = await service.signIn();
  const id = await add(person);
  const answer = await remove(person, id);
  assert.equal(answer.status, 204);
  assert.equal(answer.text, '');
  assert.deepEqual(await idsOf(person), []);
  const news = (await service.outbox(id)).at(-1);
  assert.equal(news?.type, 'task.deleted.v1');
  assert.deepEqual(news?.data, { userId: person.userId, taskId: id });
  const entry = auditEntries(await service.outbox(person.userId)).find(({ action }) => action === 'task.delete');
  assert.equal(entry?.success, true);
  assert.deepEqual(entry?.object, { type: 'task', id });
});

test('404: the second time, audited as a failure', async () => {
  const person = await service.signIn();
  const id = await add(person);
  await remove(person, id);
  const answer = await remove(person, id);
  assert.equal(answer.status, 404);
  assert.equal(codeOf(answer), 'task.not-found');
  const entry = auditEntries(await service.outbox(person.userId)).at(-1);
  assert.deepEqual([entry?.action, entry?.success, entry?.reason], ['task.delete', false, 'task.not-found']);
});

test('of 10 concurrent deletions one is acknowledged and one event written', async () => {
  const person = await service.signIn();
  const id = await add(person);
  const answers = await Promise.all(Array.from({ length: 10 }, () => remove(person, id)));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, ...Array(9).fill(404)]);
  assert.equal((await service.outbox(id)).filter(({ type }) => type === 'task.deleted.v1').length, 1);
});

test('attack: another person’s task answers exactly as one that does not exist, and stays', async () => {
  const [ada, eve] = [await service.signIn(), await service.signIn()];
  const id = await add(ada);
  const foreign = await remove(eve, id);
  assert.deepEqual(await idsOf(ada), [id]);
  await remove(ada, id);
  const missing = await remove(eve, id);
  assert.equal(foreign.status, 404);
  assert.equal(foreign.text, missing.text);
});

test('400: an id of another kind, or a query, is refused', async () => {
  const person = await service.signIn();
  assert.equal((await remove(person, newId('user'))).status, 400);
  const id = await add(person);
  assert.equal((await remove(person, `${id}?all=true`)).status, 400);
  assert.deepEqual(await idsOf(person), [id]);
});

test('401 and 403: without a token, or as a viewer, nothing is deleted', async () => {
  const person = await service.signIn();
  const id = await add(person);
  assert.equal((await remove(null, id)).status, 401);
  assert.equal((await remove(await service.signIn(['viewer']), id)).status, 403);
  assert.deepEqual(await idsOf(person), [id]);
});

test('when the news cannot be stored, the task stays (PRIN-7, KAFKA-4)', async () => {
  const person = await service.signIn();
  const id = await add(person);
  await service.database.ownerPool.query('REVOKE INSERT ON outbox FROM task');
  const failed = await remove(person, id);
  await service.database.ownerPool.query('GRANT INSERT ON outbox TO task');
  assert.equal(failed.status, 500);
  assert.deepEqual(await idsOf(person), [id]);
});
