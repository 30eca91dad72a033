import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { newId, type Task, taskPageSchema, taskSchema } from '@todo-chatbot/contracts';
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
import { newKey, startTaskService, type TaskService } from './testing/taskService.ts';

describe('Tasks rest sealed under the key of their person (DATA-2)', () => {
  let service: TaskService;
  before(async () => {
    service = await startTaskService();
  });
  after(() => service.close());

  const path = '/v1/tasks';
  const post = (as: Person, body: unknown, key = newKey()) => service.call({ method: 'POST', path, as, key, body });
  const get = (as: Person, query = '') => service.call({ method: 'GET', path: `${path}${query}`, as });
  const patch = (as: Person, id: string, body: unknown) =>
    service.call({ method: 'PATCH', path: `${path}/${id}`, as, body });

  async function add(as: Person, title: string, listName?: string, key = newKey()): Promise<Task> {
    return taskSchema.parse((await post(as, { title, listName }, key)).body);
  }
  const tasksOf = async (as: Person) => taskPageSchema.parse((await get(as)).body).items;

  async function rowsOf(as: Person): Promise<Record<string, number>> {
    const counts = ['tasks', 'lists', 'idempotent_requests'].map(async (table) => {
      const statement = `SELECT FROM ${table} WHERE user_id = $1`;
      return [table, (await service.database.ownerPool.query(statement, [as.userId])).rowCount ?? 0] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  }

  it('attack: whoever reads the whole database finds no word of a task in any encoding (PRIV-4)', async () => {
    const [person, viewer] = [await service.signIn(), await service.signIn(['viewer'])];
    const key = `Kanarienkey-${newKey()}`;
    const words = Array.from({ length: 10 }, (_, index) => `Kanarie${index}vogel`);
    const [title, list, repeated, other, changed, moved, stranger, long, refused, searched] = words;
    const task = await add(person, `${title} für Ünal`, list);
    const kept = await add(person, `${repeated}`, list, key);
    await post(person, { title: repeated, listName: list }, key);
    assert.equal(codeOf(await post(person, { title: other, listName: other }, key)), 'request.idempotency-conflict');
    await patch(person, task.id, { title: changed });
    await patch(person, task.id, { listName: moved, status: 'done' });
    assert.equal((await patch(person, newId('task'), { title: stranger })).status, 404);
    assert.equal((await post(person, { title: long?.repeat(100) })).status, 400);
    assert.equal((await post(viewer, { title: refused })).status, 403);
    assert.equal((await get(person, `?listName=${searched}`)).status, 200);
    await service.call({ method: 'DELETE', path: `${path}/${task.id}`, as: person });

    const { ownerPool } = service.database;
    assert.deepEqual(await plaintextIn(ownerPool, [...words, 'Kanarienkey']), []);
    assert.doesNotMatch(service.logged.join(''), /Kanarie/i);
    const seen = await plaintextIn(ownerPool, [kept.id]);
    for (const table of ['tasks', 'outbox']) assert.ok(seen.includes(`${table}: UTF-8 of ${kept.id}`), 'ids are found');
    await add(person, 'x', title);
    assert.equal((await tasksOf(person)).length, 2, 'and the person reads what is theirs');
  });

  it('attack: the same title, list or request never looks the same for two people, nor a title twice for one', async () => {
    const people = [await service.signIn(), await service.signIn()];
    const key = newKey();
    for (const person of people) {
      await add(person, 'Buy milk', 'Shopping', key);
      await add(person, 'Buy milk', 'SHOPPING');
    }
    const distinct = async (column: string, table: string) => {
      const { rows } = await service.database.ownerPool.query(
        `SELECT count(DISTINCT ${column})::int AS n FROM ${table} WHERE user_id = ANY ($1)`,
        [people.map(({ userId }) => userId)],
      );
      return rows[0].n;
    };
    assert.equal(await distinct('title', 'tasks'), 4);
    assert.equal(await distinct('list_key', 'tasks'), 2);
    assert.equal(await distinct('name', 'lists'), 2);
    assert.equal(await distinct('key', 'idempotent_requests'), 4);
    assert.equal(await distinct('fingerprint', 'idempotent_requests'), 4);
  });

  describe('attack: what somebody changed in the database is refused, tells nothing, and leaves the rest readable', () => {
    let ada: Person;
    let bob: Person;
    let [victim, neighbour, foreign]: (Task | undefined)[] = [];
    const [victimKey, neighbourKey] = [newKey(), newKey()];
    before(async () => {
      [ada, bob] = [await service.signIn(), await service.signIn()];
      victim = await add(ada, 'Secret appointment', 'Private things', victimKey);
      neighbour = await add(ada, 'Public appointment', 'Common things', neighbourKey);
      foreign = await add(bob, 'Foreign appointment', 'Private things', victimKey);
    });

    const titleOf = (task: Task | undefined): StoredValue => ({
      table: 'tasks',
      column: 'title',
      where: { id: task?.id },
    });
    const listOf = (owner: Person, name: string): StoredValue => ({
      table: 'lists',
      column: 'name',
      where: {
        user_id: owner.userId,
        key: service.dataKeys.boxOf(owner.userId, 'task').index('lists.key', name),
      },
    });
    const answerOf = (owner: Person, key: string): StoredValue => ({
      table: 'idempotent_requests',
      column: 'answer',
      where: {
        user_id: owner.userId,
        key: service.dataKeys.boxOf(owner.userId, 'task').index('idempotent_requests.key', key),
      },
    });

    /** The requests that have to open the value. */
    const repeat = () => post(ada, { title: 'Secret appointment', listName: 'Private things' }, victimKey);
    const columns = [
      {
        name: 'tasks.title',
        place: () => titleOf(victim),
        uses: [() => get(ada), () => patch(ada, `${victim?.id}`, { status: 'done' })],
        swaps: {
          'another row': () => titleOf(neighbour),
          'another person': () => titleOf(foreign),
          'another field': () => listOf(ada, 'private things'),
          'a kept answer': () => answerOf(ada, neighbourKey),
        },
      },
      {
        name: 'lists.name',
        place: () => listOf(ada, 'private things'),
        uses: [() => get(ada), () => post(ada, { title: 'x', listName: 'PRIVATE things' })],
        swaps: {
          'another row': () => listOf(ada, 'common things'),
          'another person': () => listOf(bob, 'private things'),
          'another field': () => titleOf(victim),
        },
      },
      {
        name: 'idempotent_requests.answer',
        place: () => answerOf(ada, victimKey),
        uses: [repeat],
        swaps: {
          'another row': () => answerOf(ada, neighbourKey),
          'another person': () => answerOf(bob, victimKey),
          'another field': () => titleOf(victim),
        },
      },
    ];

    for (const { name, place, uses, swaps } of columns) {
      it(`${name}: each flipped bit, truncation and addition, and the value of each other row, person and field`, async () => {
        const { ownerPool } = service.database;
        const others = Object.fromEntries(Object.entries(swaps).map(([from, other]) => [from, other()]));
        for (const [forgery, bytes] of Object.entries(await forgeriesOf(ownerPool, place(), others))) {
          await whileForged(ownerPool, place(), bytes, async () => {
            for (const use of uses) {
              const answer = await use();
              assert.equal(answer.status, 500, forgery);
              assert.equal(codeOf(answer), 'internal.error');
              assert.doesNotMatch(answer.text, /appointment|things/i);
            }
            assert.equal((await patch(ada, `${neighbour?.id}`, { due: null })).status, 200, 'another task goes on');
            assert.equal((await get(ada, '?listName=Common things')).status, 200, 'and so does a page of others');
            assert.equal((await get(bob)).status, 200, 'and another person');
          });
        }
        for (const use of uses) assert.ok((await use()).status < 300, 'put back, it opens again');
      });
    }

    it('a whole row given to another person, who cannot read it either', async () => {
      const { ownerPool } = service.database;
      const { list_key: listKey } = (await ownerPool.query('SELECT list_key FROM tasks WHERE id = $1', [foreign?.id]))
        .rows[0];
      const task = await add(ada, 'Moved appointment', 'Common things');
      const move = 'UPDATE tasks SET user_id = $1, list_key = $2 WHERE id = $3';
      await ownerPool.query(move, [bob.userId, listKey, task.id]);
      assert.equal((await get(bob)).status, 500);
      const removed = await service.call({ method: 'DELETE', path: `${path}/${task.id}`, as: bob });
      assert.equal(removed.status, 204, 'what does not open can be removed');
      assert.equal((await get(bob)).status, 200);
    });

    it('and the log tells no word of it', () => {
      assert.match(service.logged.join(''), /SealBroken/);
      assert.doesNotMatch(service.logged.join(''), /appointment|things/i);
    });
  });

  it('the migration refuses a database that holds plain text, rather than lose it', async () => {
    await add(await service.signIn(), 'Buy milk');
    const file = new URL('../prisma/migrations/20261127102100_seal_tasks_and_lists.sql', import.meta.url);
    await assert.rejects(service.database.ownerPool.query(await readFile(file, 'utf8')), /in plain text/);
  });

  /** News at which keys are forgotten. Version 0 refuses no token, so that what answers is the key. */
  async function outdate({ userId }: Person): Promise<void> {
    const accessTokensExpireAt = new Date(service.clock.now().getTime() + 1_800_000).toISOString();
    const data = { userId, minimumVersion: 0, accessTokensExpireAt };
    await service.deliver(newEvent({ type: 'auth.access_changed.v1', subject: userId, source: 'auth', data }));
  }

  it('while auth gives no keys, requests are refused and nothing is half done; afterwards they go through (PRIN-6)', async () => {
    const person = await service.signIn();
    const task = await add(person, 'Buy milk');
    const [rows, events] = [await rowsOf(person), await service.outbox(person.userId)];
    const key = newKey();
    await outdate(person);
    service.dataKeys.auth.isUp = false;
    try {
      for (const answer of [
        await post(person, { title: 'x', listName: 'New' }, key),
        await get(person),
        await patch(person, task.id, { title: 'y' }),
      ]) {
        assert.equal(answer.status, 503);
        assert.equal(codeOf(answer), 'upstream.unavailable');
      }
    } finally {
      service.dataKeys.auth.isUp = true;
    }
    assert.deepEqual(await rowsOf(person), rows);
    assert.deepEqual(await service.outbox(person.userId), events);
    assert.equal((await post(person, { title: 'x', listName: 'New' }, key)).status, 201);
    assert.equal((await patch(person, task.id, { title: 'y' })).status, 200);
  });

  it('once the key of a person is destroyed, nothing of theirs opens, at once when the news comes (PRIV-4)', async () => {
    const [person, other] = [await service.signIn(), await service.signIn()];
    const task = await add(person, 'Buy milk');
    await add(other, 'Buy bread');
    service.dataKeys.destroy(person.userId);
    assert.equal((await get(person)).status, 200, 'the key is remembered for a minute');
    await outdate(person);
    for (const answer of [
      await get(person),
      await post(person, { title: 'x' }),
      await patch(person, task.id, { title: 'x' }),
    ]) {
      assert.equal(answer.status, 410);
      assert.equal(codeOf(answer), 'person.erased');
    }
    assert.equal((await get(other)).status, 200);

    assert.deepEqual(
      (await service.deliver(erasureRequestOf(person))).body,
      { status: 'SUCCESS' },
      'to forget somebody takes no key',
    );
    assert.deepEqual(await rowsOf(person), { tasks: 0, lists: 0, idempotent_requests: 0 });
  });
});
