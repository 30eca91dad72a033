import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PrismaPg } from '@prisma/adapter-pg';
import { type PersonalRecord, prismaOptions, SealBroken } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createCollectPersonalData } from '../src/queries/collectPersonalData.ts';
import { type Gateway, startGateway } from './support/gateway.ts';

describe('What the gateway hands out of a person (PRIV-3)', () => {
  let gateway: Gateway;
  let prisma: PrismaClient;
  before(async () => {
    gateway = await startGateway();
    prisma = new PrismaClient({ adapter: new PrismaPg(gateway.database.pool), ...prismaOptions });
  });
  after(async () => {
    await prisma.$disconnect();
    await gateway.close();
  });

  const collect = (personId: string, pageRows = 200): Promise<PersonalRecord[]> => {
    const boxes = gateway.mesh.dataKeys.boxes('chat-gateway');
    return Array.fromAsync(createCollectPersonalData({ prisma, boxes, pageRows })(personId));
  };

  /** Somebody with two conversations of six and two messages. */
  async function talker() {
    const person = await gateway.newPerson();
    const other = await gateway.newPerson();
    for (const text of ['add milk', 'show my tasks', 'add a task to my shopping list']) await person.say(text);
    await other.say('add what is nobody else’s');
    // A second conversation, as a program begins one: the store always goes on with the latest.
    const { rows } = await gateway.database.ownerPool.query('SELECT id FROM conversations WHERE user_id = $1', [
      person.userId,
    ]);
    await gateway.database.ownerPool.query('UPDATE conversations SET user_id = $1 WHERE id = $2', [
      'usr_00000000-0000-7000-8000-000000000000',
      rows[0].id,
    ]);
    await person.say('add eggs');
    await gateway.database.ownerPool.query('UPDATE conversations SET user_id = $1 WHERE id = $2', [
      person.userId,
      rows[0].id,
    ]);
    return person;
  }

  it('each conversation with what is remembered, and behind it each message, open and in order', async () => {
    const { userId } = await talker();
    const records = await collect(userId);
    assert.deepEqual(
      records.map(({ kind, record }) => record.text ?? kind),
      [
        'conversation',
        'add milk',
        'Added “milk” to Tasks.',
        'show my tasks',
        records[4]?.record.text,
        'add a task to my shopping list',
        records[6]?.record.text,
        'conversation',
        'add eggs',
        'Added “eggs” to Tasks.',
      ],
    );
    const [first, asked, answered] = records.map(({ record }) => record);
    assert.match(JSON.stringify(first?.remembered), /"listName":"shopping"/);
    assert.deepEqual([asked?.author, asked?.decided], ['user', null]);
    assert.deepEqual([answered?.author, answered?.inReplyTo], ['bot', asked?.id]);
    assert.match(JSON.stringify(answered?.tasks), /"title":"milk"/);
    assert.doesNotMatch(JSON.stringify(records), /nobody else/);
    assert.deepEqual(JSON.parse(JSON.stringify(records)), records, 'it is JSON as it stands');
  });

  it('in pages of any size, also where all have one time, nothing is left out or twice', async () => {
    const { userId } = await talker();
    for (const table of ['conversations', 'messages']) {
      await gateway.database.ownerPool.query(`UPDATE ${table} SET created_at = '2026-11-22' WHERE user_id = $1`, [
        userId,
      ]);
    }
    const whole = await collect(userId);
    assert.equal(whole.length, 10);
    for (const pageRows of [1, 2, 3, 6]) assert.deepEqual(await collect(userId, pageRows), whole, String(pageRows));
  });

  it('nothing of somebody who never said anything', async () => {
    assert.deepEqual(await collect((await gateway.newPerson()).userId), []);
  });

  it('fails rather than leave out what does not open', async () => {
    const { userId } = await talker();
    await gateway.database.ownerPool.query(
      `UPDATE messages SET text = set_bit(text, 200, 1 - get_bit(text, 200)) WHERE user_id = $1 AND author = 'bot'`,
      [userId],
    );
    await assert.rejects(collect(userId), SealBroken);
  });

  it('fails when the person’s key was destroyed', async () => {
    const { userId } = await talker();
    gateway.mesh.dataKeys.destroy(userId);
    await assert.rejects(collect(userId), { code: 'person.erased' });
  });
});
