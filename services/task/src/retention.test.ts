import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  retentionDueSchema,
  retentionRunsSchema,
  type Task,
  taskPageSchema,
  taskSchema,
} from '@todo-chatbot/contracts';
import { codeOf, type Person, waitFor } from '@todo-chatbot/local-platform/testing';
import { newKey, startTaskService, type TaskService } from './testing/taskService.ts';

const dayMs = 86_400_000;

describe('Retention of tasks (PRIV-5)', () => {
  let service: TaskService;
  let ann: Person;
  let editor: Person;
  before(async () => {
    service = await startTaskService();
  });
  after(() => service.close());

  /** Tokens do not outlive the travels of these tests. */
  async function signIn(): Promise<void> {
    ann = await service.signIn();
    editor = await service.signIn(['editor']);
  }
  async function add(as: Person, title: string, listName: string): Promise<Task> {
    const body = { title, listName };
    return taskSchema.parse((await service.call({ method: 'POST', path: '/v1/tasks', as, key: newKey(), body })).body);
  }
  const finish = (as: Person, { id }: Task) =>
    service.call({ method: 'PATCH', path: `/v1/tasks/${id}`, as, body: { status: 'done' } });
  const countOf = async (table: 'tasks' | 'lists', { userId }: Person) =>
    (await service.database.ownerPool.query(`SELECT FROM ${table} WHERE user_id = $1`, [userId])).rowCount;
  async function due(days: number): Promise<Record<string, number>> {
    const path = `/v1/retention-due?class=task-execution&days=${days}`;
    const { items } = retentionDueSchema.parse((await service.call({ method: 'GET', path, as: editor })).body);
    return Object.fromEntries(items.map(({ what, count }) => [what, count]));
  }

  it('done tasks go a year after they were done, open ones stay, and so do lists that hold one', async () => {
    await signIn();
    const person = ann;
    await finish(person, await add(person, 'milk', 'errands'));
    await add(person, 'bread', 'home');
    await finish(person, await add(person, 'eggs', 'home'));
    service.clock.advance(365 * dayMs);
    assert.equal((await service.fire('retention')).status, 200);
    assert.deepEqual([await countOf('tasks', person), await countOf('lists', person)], [3, 2], 'exactly a year: stays');

    service.clock.advance(1);
    await signIn();
    assert.deepEqual(await due(365), { tasks: 2, lists: 1 });
    assert.equal((await service.fire('retention')).status, 200);
    assert.deepEqual([await countOf('tasks', person), await countOf('lists', person)], [1, 1]);
    const listed = await service.call({ method: 'GET', path: '/v1/retention-runs', as: editor });
    const [run] = retentionRunsSchema.parse(listed.body).items;
    assert.deepEqual(
      new Set(run?.deleted),
      new Set([
        { what: 'tasks', count: 2 },
        { what: 'lists', count: 1 },
      ]),
    );
    assert.deepEqual([run?.outcome, run?.days, run?.service], ['done', 365, 'task']);
    assert.deepEqual(await due(365), { tasks: 0, lists: 0 });
  });

  it('a task that was done and reopened is open, however long ago that was', async () => {
    await signIn();
    const person = ann;
    const task = await add(person, 'milk', 'errands');
    await finish(person, task);
    await service.call({ method: 'PATCH', path: `/v1/tasks/${task.id}`, as: person, body: { status: 'open' } });
    service.clock.advance(400 * dayMs);
    await service.fire('retention');
    assert.equal(await countOf('tasks', person), 1);
  });

  it('attack: a task that is reopened while the run deletes stays', async () => {
    await signIn();
    const person = ann;
    const task = await add(person, 'milk', 'errands');
    await finish(person, task);
    service.clock.advance(400 * dayMs);
    const client = await service.database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      await client.query('UPDATE tasks SET completed_at = NULL WHERE id = $1', [task.id]);
      const running = service.fire('retention');
      await waitFor('the run to wait for the task', async () => {
        const { rowCount } = await service.database.ownerPool.query('SELECT FROM pg_locks WHERE NOT granted');
        return rowCount === 0 ? undefined : true;
      });
      await client.query('COMMIT');
      await running;
    } finally {
      client.release();
    }
    assert.equal(await countOf('tasks', person), 1);
  });

  it('a person goes on with a list whose done tasks are gone', async () => {
    await signIn();
    await finish(ann, await add(ann, 'milk', 'Errands'));
    service.clock.advance(400 * dayMs);
    await service.fire('retention');
    const { userId } = ann;
    assert.equal(await countOf('lists', ann), 0);
    await signIn();
    await add(ann, 'bread', 'errands');
    const page = await service.call({ method: 'GET', path: '/v1/tasks', as: ann });
    assert.equal(taskPageSchema.parse(page.body).items.length, 1);
    assert.notEqual(userId, ann.userId);
  });

  it('attack: nobody but the own sidecar starts a run: no token, a wrong one, or a call by way of the mesh', async () => {
    await signIn();
    const person = ann;
    await finish(person, await add(person, 'milk', 'errands'));
    service.clock.advance(400 * dayMs);
    const without = await service.fire('retention', {});
    assert.deepEqual([without.status, codeOf(without)], [401, 'auth.token-invalid']);
    assert.equal((await service.fire('retention', { 'dapr-api-token': 'guess' })).status, 401);
    for (const caller of ['chat-gateway', 'auth', 'task', 'unknown']) {
      const answer = await service.call({
        method: 'POST',
        path: '/bindings/retention',
        as: editor,
        headers: { 'dapr-caller-app-id': caller },
      });
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.caller-denied']);
    }
    assert.equal(await countOf('tasks', person), 1);
    await service.fire('retention');
    assert.equal(await countOf('tasks', person), 0);
  });

  it('attack: auth is down, and the binding is told so; nothing is deleted', async () => {
    await signIn();
    const person = ann;
    await finish(person, await add(person, 'milk', 'errands'));
    service.clock.advance(400 * dayMs);
    service.retention.down(true);
    assert.equal((await service.fire('retention')).status, 503);
    assert.equal(await countOf('tasks', person), 1);
    service.retention.down(false);
    await service.fire('retention');
    assert.equal(await countOf('tasks', person), 0);
  });
});
