import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { planSchema } from '../src/domain/dialogue.ts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

/** Forms in which a text might stand somewhere: as it is, in hexadecimal, and in base64 wherever it begins in a group of three. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // What is around the text changes the first and the last characters.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), bytes.toString('hex'), ...base64];
}

/** Which of the texts stand in the haystack, in any form. */
function foundIn(haystack: string, texts: readonly string[]): string[] {
  return texts.filter((text) => formsOf(text).some((form) => haystack.includes(form)));
}

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

  /** Every row of every table as text; bytes as PostgreSQL writes them, in hexadecimal, and as they are. */
  async function dump(): Promise<string> {
    const tables = await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    const dumps = await Promise.all(
      tables.map(async ({ tablename }) => {
        const rows = await query(`SELECT t::text AS row FROM "${tablename}" t`);
        return rows.map(({ row }) => String(row)).join('\n');
      }),
    );
    const text = dumps.join('\n');
    const bytes = [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString());
    return [text, ...bytes].join('\n');
  }

  it('attack: a dump of every row shows nothing that was said, decided or remembered, nor a client’s key', async () => {
    const person = await gateway.newPerson();
    const said = {
      title: 'canarytitle Zahnarzt für Ünal',
      list: 'canarylist',
      later: 'canarylater errand',
      broken: 'canarybroken errand',
      key: 'canarykey-jane@example.com',
    };
    assert.equal((await person.say(`add ${said.title}`, { key: said.key })).status, 200);
    assert.equal((await person.say(`delete ${said.title}`)).status, 200);
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

    const everything = [await dump(), JSON.stringify(gateway.mesh.published), ...gateway.logged].join('\n');
    assert.ok(foundIn(everything, [person.userId]).length > 0, 'the dump has rows');
    assert.deepEqual(foundIn(everything, Object.values(said)), []);
  });

  it('the dump finds what stands there plainly, in every form', async () => {
    const text = 'canarycontrol für Ünal';
    await query(
      `CREATE TABLE control AS SELECT $1::text AS plain, convert_to($1, 'UTF8') AS bytes,
       encode(convert_to('-' || $1, 'UTF8'), 'base64') AS base64`,
      [text],
    );
    try {
      for (const column of ['plain', 'bytes', 'base64']) {
        const [{ value }] = await query(`SELECT (SELECT c FROM (SELECT ${column}) c)::text AS value FROM control`);
        assert.deepEqual(foundIn(value, [text]), [text], column);
      }
      assert.deepEqual(foundIn(await dump(), [text]), [text]);
    } finally {
      await query('DROP TABLE control');
    }
  });

  it('a chat needs the key of its person once, not once for each message', async () => {
    const person = await gateway.newPerson();
    for (const text of ['add milk', 'add eggs', 'show my tasks']) await person.say(text);
    await person.call('GET', '/api/v1/chat/messages');
    const asked = gateway.mesh.callsTo('auth').filter(({ path }) => path === `/v1/data-keys/${person.userId}`);
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

  describe('attack: sealed values that somebody with the database changed', () => {
    const key = 'key-of-the-first-message';
    let victim: Awaited<ReturnType<Gateway['newPerson']>>;
    beforeEach(async () => {
      victim = await gateway.newPerson();
      assert.equal((await victim.say('add victimcanary', { key })).status, 200);
    });

    const readHistory = () => victim.call('GET', '/api/v1/chat/messages');
    const repeatFirst = () => victim.say('add victimcanary', { key });
    const sayMore = () => victim.say('show my tasks');

    /** Each: what is done to the victim's rows (`$1`), with somebody else's at hand (`$2`), and what then meets it. */
    const attacks: Readonly<Record<string, { readonly statement: string; readonly meet: () => Promise<Answer> }>> = {
      'a flipped bit in what was said': {
        statement: `UPDATE messages SET text = set_bit(text, 8 * 20, 1 - get_bit(text, 8 * 20)) WHERE user_id = $1 AND $2 <> ''`,
        meet: readHistory,
      },
      'a flipped bit in the last byte of an answer': {
        statement: `UPDATE messages SET text = set_byte(text, octet_length(text) - 1, get_byte(text, octet_length(text) - 1) # 128)
          WHERE user_id = $1 AND author = 'bot' AND $2 <> ''`,
        meet: readHistory,
      },
      'what was said, cut short': {
        statement: `UPDATE messages SET text = substring(text FOR octet_length(text) - 1) WHERE user_id = $1 AND $2 <> ''`,
        meet: readHistory,
      },
      'another person’s words': {
        statement: `UPDATE messages SET text = (SELECT m.text FROM messages m WHERE m.user_id = $2 AND m.author = 'user')
          WHERE user_id = $1 AND author = 'user'`,
        meet: readHistory,
      },
      'words of another message of one’s own': {
        statement: `UPDATE messages SET text = (SELECT m.text FROM messages m WHERE m.user_id = $1 AND m.author = 'bot')
          WHERE user_id = $1 AND author = 'user' AND $2 <> ''`,
        meet: readHistory,
      },
      'the tasks of an answer in place of its words': {
        statement: `UPDATE messages SET text = tasks WHERE user_id = $1 AND author = 'bot' AND $2 <> ''`,
        meet: repeatFirst,
      },
      'another person’s tasks in an answer': {
        statement: `UPDATE messages SET tasks = (SELECT m.tasks FROM messages m WHERE m.user_id = $2 AND m.author = 'bot')
          WHERE user_id = $1 AND author = 'bot'`,
        meet: repeatFirst,
      },
      'another person’s memory of the dialogue': {
        statement: `UPDATE conversations SET state = (SELECT c.state FROM conversations c WHERE c.user_id = $2) WHERE user_id = $1`,
        meet: sayMore,
      },
      'a flipped bit in the memory of the dialogue': {
        statement: `UPDATE conversations SET state = set_bit(state, 8 * 20, 1 - get_bit(state, 8 * 20)) WHERE user_id = $1 AND $2 <> ''`,
        meet: sayMore,
      },
    };
    for (const [what, { statement, meet }] of Object.entries(attacks)) {
      it(`${what}: refused, and nothing is shown or done`, async () => {
        const attacker = await gateway.newPerson();
        assert.equal((await attacker.say('add attackercanary')).status, 200);
        const linesBefore = gateway.logged.length;
        await query(statement, [victim.userId, attacker.userId]);
        const answer = await meet();
        assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error']);
        assert.doesNotMatch(answer.text, /canary|sealed/i);
        assert.doesNotMatch(gateway.logged.slice(linesBefore).join(''), /canary/);
        assert.equal(gateway.mesh.tasksOf(victim.userId).length, 1);
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
      const other = await gateway.newPerson();
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
