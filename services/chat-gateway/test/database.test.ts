import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  columnsOfDatabase,
  columnsOfModels,
  startTestDatabase,
  type TestDatabase,
} from '@todo-chatbot/local-platform/testing';

describe('The gateway’s database (DATA-4)', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'chat-gateway' });
  });
  after(() => database.close());

  it('the migrated tables are the models of schema.prisma, column by column', async () => {
    const models = columnsOfModels(new URL('../prisma/schema.prisma', import.meta.url));
    assert.deepEqual(await columnsOfDatabase(database.ownerPool), models);
  });

  for (const [name, statement] of Object.entries({
    'change what was said': `UPDATE messages SET text = 'forged'`,
    'give a conversation to somebody else': `UPDATE conversations SET user_id = 'usr_0'`,
    'empty the tables': 'TRUNCATE messages, conversations',
    'drop a table': 'DROP TABLE messages',
    'forget a migration': 'DELETE FROM migrations',
    'make a table': 'CREATE TABLE loot (secret text)',
  })) {
    it(`attack: with the service’s own role SQL cannot ${name} (PRIN-2)`, async () => {
      await assert.rejects(database.pool.query(statement), { code: '42501' });
    });
  }
});
