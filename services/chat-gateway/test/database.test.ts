import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';

/** PostgreSQL's names for the types that schema.prisma uses here. */
const postgresTypes: Readonly<Record<string, string>> = {
  String: 'text',
  DateTime: 'timestamp with time zone',
  Json: 'jsonb',
};

/** `table.column type nullable` of every column that schema.prisma models. */
async function modelledColumns(): Promise<string[]> {
  const schema = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
  return [...schema.matchAll(/^model \w+ \{([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return [...body.matchAll(/^ {2}(\w+) +(\w+)(\??)(.*)$/gm)].flatMap(([, field, type = '', optional, rest = '']) => {
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
      const known = postgresTypes[type];
      return known === undefined ? [] : [`${table}.${column} ${known}${optional}`];
    });
  });
}

describe('The gateway’s database (DATA-4)', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'chat-gateway' });
    // The server ends before it has told every idle connection goodbye.
    for (const pool of [database.pool, database.ownerPool]) pool.on('error', () => undefined);
  });
  after(() => database.close());

  it('the migrated tables are the models of schema.prisma, column by column', async () => {
    const { rows } = await database.ownerPool.query(
      `SELECT format('%s.%s %s%s', table_name, column_name, data_type, CASE is_nullable WHEN 'YES' THEN '?' END) AS said
       FROM information_schema.columns WHERE table_name IN ('conversations', 'messages')`,
    );
    const migrated = z.array(z.object({ said: z.string() })).parse(rows);
    assert.deepEqual(migrated.map(({ said }) => said).sort(), (await modelledColumns()).sort());
  });

  for (const [name, statement] of Object.entries({
    'change what was said': `UPDATE messages SET text = 'forged'`,
    'delete what was said': 'DELETE FROM messages',
    'give a conversation to somebody else': `UPDATE conversations SET user_id = 'usr_0'`,
    'empty the tables': 'TRUNCATE messages, conversations',
    'drop a table': 'DROP TABLE messages',
    'read the migrations': 'SELECT * FROM migrations',
    'make a table': 'CREATE TABLE loot (secret text)',
  })) {
    it(`attack: with the service’s own role SQL cannot ${name} (PRIN-2)`, async () => {
      await assert.rejects(database.pool.query(statement), { code: '42501' });
    });
  }
});
