import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { forgeriesOf, plaintextIn, type StoredValue, whileForged } from '@todo-chatbot/local-platform/testing';
import { planSchema } from '../src/domain/dialogue.ts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

describe('What the gateway keeps of a conversation (DATA-2)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());
  afterEach(() => {
    gateway.mesh.down.clear();
    gateway.mesh.afterTaskCreated(async () => undefined);
  });

  const query = async (text: string, values: readonly unknown[] = []) =>
    (await gateway.database.ownerPool.query(text, [...values])).rows;
  const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;

  it('attack: a dump of every row shows nothing that was said, decided or remembered, nor a client’s key', async () => {
    const person = await gateway.newPerson();
    const said = {
      title: 'canarytitle',
      list: 'canarylist',
      later: 'canarylater',
      broken: 'canarybroken',
      key: 'canarykey',
    };
    assert.equal((await person.say(`add ${said.title} für Ünal`, { key: said.key })).status, 200);
    assert.equal((await person.say(`delete ${said.title} für Ünal`)).status, 200);
    assert.equal((await person.say('yes')).status, 200);
    assert.equal((await person.say(`add ${said.later}`)).status, 200);
    assert.equal((await person.say('show my tasks')).status, 200);
    gateway.mesh.afterTaskCreated(async () => {
      throw new Error('the process dies here');
    });
    assert.equal((await person.say(`add ${said.broken}`, { key: `${said.key}-2` })).status, 500);
    gateway.mesh.afterTaskCreated(async () => undefined);
    const asked = await person.say(`add a task to my ${said.list} list`);
    assert.match(asked.text, /task\.ask-title/, 'the list is remembered until its task has a title');

    const { ownerPool } = gateway.database;
    assert.deepEqual(await plaintextIn(ownerPool, Object.values(said)), []);
    assert.doesNotMatch(JSON.stringify(gateway.mesh.published) + gateway.logged.join(), /canary/i);
    const [{ plans }] = await query('SELECT count(plan)::int AS plans FROM messages WHERE user_id = $1', [
      person.userId,
    ]);
    assert.equal(plans, 1, 'what was decided is among the rows');
    const seen = await plaintextIn(ownerPool, [person.userId]);
    for (const table of ['conversations', 'messages']) assert.ok(seen.includes(`${table}: UTF-8 of ${person.userId}`));
  });

  it('a chat needs the key of its person once, not once for each message', async () => {
    const person = await gateway.newPerson();
    for (const text of ['add milk', 'add eggs', 'show my tasks']) await person.say(text);
    await person.call('GET', '/api/v1/chat/messages');
    const asked = gateway.mesh.keyRequests.filter((userId) => userId === person.userId);
    assert.equal(asked.length, 1);
  });

  it('a plan that waits for its repeat is sealed for its message, and carried out by it', async () => {
    const person = await gateway.newPerson();
    gateway.mesh.afterTaskCreated(async () => {
      gateway.mesh.afterTaskCreated(async () => undefined);
      throw new Error('the process dies here');
    });
    const key = 'a-key-of-a-client';
    assert.equal((await person.say('add call mum', { key })).status, 500);
    const [{ id, plan }] = await query('SELECT id, plan FROM messages WHERE user_id = $1', [person.userId]);
    const box = gateway.mesh.dataKeys.boxOf(person.userId, 'chat-gateway');
    const opened = planSchema.parse(JSON.parse(box.open({ field: 'messages.plan', row: id }, plan)));
    assert.deepEqual(
      opened.steps.map((step) => (step.kind === 'create' ? step.title : step.kind)),
      ['call mum'],
    );
    assert.equal((await person.say('add call mum', { key })).status, 200);
    assert.equal(gateway.mesh.tasksOf(person.userId).length, 1);
    assert.deepEqual(await query('SELECT plan FROM messages WHERE id = $1', [id]), [{ plan: null }]);
  });

  describe('attack: what somebody changed in the database is refused, tells nothing and does nothing', () => {
    type Person = Awaited<ReturnType<Gateway['newPerson']>>;
    const key = 'key-of-the-first-message';
    let victim: Person;
    let other: Person;
    beforeEach(async () => {
      [victim, other] = [await gateway.newPerson(), await gateway.newPerson()];
      for (const person of [victim, other]) {
        assert.equal((await person.say('add victimcanary', { key })).status, 200);
      }
    });

    type Author = 'user' | 'bot';
    const inMessage = (column: 'text' | 'tasks', { userId }: Person, author: Author): StoredValue => ({
      table: 'messages',
      column,
      where: { user_id: userId, author },
    });
    const stateOf = ({ userId }: Person): StoredValue => ({
      table: 'conversations',
      column: 'state',
      where: { user_id: userId },
    });

    /** Each sealed value with those of other people, rows and columns that may be put in its place, and the requests that meet it. */
    const sealedValues: Readonly<
      Record<
        string,
        () => {
          readonly place: StoredValue;
          readonly others: Readonly<Record<string, StoredValue>>;
          readonly requests: readonly (() => Promise<Answer>)[];
        }
      >
    > = {
      'what a person said': () => ({
        place: inMessage('text', victim, 'user'),
        others: {
          'another person': inMessage('text', other, 'user'),
          'another message': inMessage('text', victim, 'bot'),
        },
        requests: [
          () => victim.call('GET', '/api/v1/chat/messages'),
          () => victim.say('add victimcanary', { key }),
          () => victim.say('add something else', { key }),
        ],
      }),
      'what was answered': () => ({
        place: inMessage('text', victim, 'bot'),
        others: {
          'another person': inMessage('text', other, 'bot'),
          'another message': inMessage('text', victim, 'user'),
          'another column': inMessage('tasks', victim, 'bot'),
        },
        requests: [() => victim.call('GET', '/api/v1/chat/messages'), () => victim.say('add victimcanary', { key })],
      }),
      'the tasks of an answer': () => ({
        place: inMessage('tasks', victim, 'bot'),
        others: {
          'another person': inMessage('tasks', other, 'bot'),
          'another column': inMessage('text', victim, 'bot'),
        },
        requests: [() => victim.say('add victimcanary', { key })],
      }),
      'what the dialogue remembers': () => ({
        place: stateOf(victim),
        others: { 'another person': stateOf(other), 'another table': inMessage('tasks', victim, 'bot') },
        requests: [() => victim.say('delete it')],
      }),
    };
    for (const [what, prepare] of Object.entries(sealedValues)) {
      it(what, async () => {
        const { ownerPool } = gateway.database;
        const { place, others, requests } = prepare();
        const linesBefore = gateway.logged.length;
        const forgeries = await forgeriesOf(ownerPool, place, others);
        for (const [how, forged] of Object.entries(forgeries)) {
          await whileForged(ownerPool, place, forged, async () => {
            for (const request of requests) {
              const answer = await request();
              assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error'], how);
              assert.doesNotMatch(answer.text, /canary|seal/i, how);
            }
          });
        }
        assert.doesNotMatch(gateway.logged.slice(linesBefore).join(), /canary/);
        assert.equal(gateway.mesh.tasksOf(victim.userId).length, 1);
        for (const request of requests) assert.notEqual((await request()).status, 500, 'the true value opens again');
      });
    }

    it('a conversation given to another person opens for nobody', async () => {
      const thief = await gateway.newPerson();
      for (const table of ['conversations', 'messages']) {
        await query(`UPDATE ${table} SET user_id = $1 WHERE user_id = $2`, [thief.userId, victim.userId]);
      }
      const answer = await thief.call('GET', '/api/v1/chat/messages');
      assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error']);
      assert.doesNotMatch(answer.text, /canary/);
    });

    it('a plan moved to another message is not carried out', async () => {
      gateway.mesh.afterTaskCreated(async () => {
        throw new Error('the process dies here');
      });
      for (const person of [victim, other]) {
        const answer = await person.say('add from a plan', { key: `plan-of-${person.userId}` });
        assert.equal(answer.status, 500);
      }
      gateway.mesh.afterTaskCreated(async () => undefined);
      await query(
        `UPDATE messages SET plan = (SELECT m.plan FROM messages m WHERE m.user_id = $2 AND m.plan IS NOT NULL)
         WHERE user_id = $1 AND plan IS NOT NULL`,
        [victim.userId, other.userId],
      );
      const callsBefore = gateway.mesh.callsTo('task').length;
      const answer = await victim.say('add from a plan', { key: `plan-of-${victim.userId}` });
      assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error']);
      assert.equal(gateway.mesh.callsTo('task').length, callsBefore);
    });
  });

  describe('without a key', () => {
    it('of an erased person nothing opens, nothing is kept, and the answer says so (PRIV-4)', async () => {
      const person = await gateway.newPerson();
      await person.say('add milk');
      gateway.mesh.dataKeys.destroy(person.userId);
      await gateway.outdate(person.userId);
      const rowsBefore = await query('SELECT id FROM messages WHERE user_id = $1', [person.userId]);
      for (const answer of [await person.call('GET', '/api/v1/chat/messages'), await person.say('add eggs')]) {
        assert.deepEqual([answer.status, codeOf(answer)], [410, 'person.erased']);
      }
      assert.deepEqual(await query('SELECT id FROM messages WHERE user_id = $1', [person.userId]), rowsBefore);
      assert.equal(gateway.mesh.tasksOf(person.userId).length, 1);
    });

    it('503: auth does not answer; nothing is begun, and the same message works later (PRIN-6)', async () => {
      const person = await gateway.newPerson();
      await person.call('GET', '/api/v1/tasks');
      await gateway.outdate(person.userId);
      gateway.mesh.down.add('auth');
      const key = newId('event');
      const refused = await person.say('add milk', { key });
      assert.deepEqual([refused.status, codeOf(refused)], [503, 'upstream.unavailable']);
      assert.deepEqual(await query('SELECT FROM conversations WHERE user_id = $1', [person.userId]), []);
      assert.deepEqual(gateway.mesh.tasksOf(person.userId), []);
      gateway.mesh.down.clear();
      assert.equal((await person.say('add milk', { key })).status, 200);
      assert.equal(gateway.mesh.tasksOf(person.userId).length, 1);
    });

    it('a turn that acts already ends as ever when auth falls silent, so that nothing is half done', async () => {
      const person = await gateway.newPerson();
      gateway.mesh.afterTaskCreated(async () => {
        gateway.mesh.afterTaskCreated(async () => undefined);
        await gateway.outdate(person.userId);
        gateway.mesh.down.add('auth');
      });
      const answer = await person.say('add milk');
      assert.equal(answer.status, 200, answer.text);
      assert.equal((await person.call('GET', '/api/v1/chat/messages')).status, 503);
      gateway.mesh.down.clear();
      const history = await person.call('GET', '/api/v1/chat/messages');
      assert.match(history.text, /Added “milk” to Tasks\./);
    });
  });
});
