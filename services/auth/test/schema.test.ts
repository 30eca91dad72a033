import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';

/** PostgreSQL's names for the types that schema.prisma uses here. */
const columnTypes: Readonly<Record<string, string>> = {
  String: 'text',
  'String[]': '_text',
  Int: 'int4',
  Boolean: 'bool',
  DateTime: 'timestamptz',
  Bytes: 'bytea',
};

/** `table.column type nullable` of every column that schema.prisma models. Fields of other models' types are relations. */
async function modelledColumns(): Promise<string[]> {
  const schema = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
  return [...schema.matchAll(/^model \w+ \{\n(.*?)^\}/gms)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return [...body.matchAll(/^ {2}(\w+)\s+(\w+(?:\[\])?)(\??)(.*)$/gm)]
      .filter(([, , type = '']) => type in columnTypes)
      .map(([, field = '', type = '', optional, rest = '']) => {
        const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
        return `${table}.${column} ${columnTypes[type]} ${optional === '?' ? 'YES' : 'NO'}`;
      });
  });
}

test('the migrated tables are the models of schema.prisma, column by column', async () => {
  const database = await startTestDatabase({ service: 'auth' });
  database.ownerPool.on('error', () => undefined);
  try {
    const { rows } = await database.ownerPool.query(
      `SELECT table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable AS column_line
       FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name IN ('users', 'sessions', 'refresh_tokens')`,
    );
    const migrated = z.array(z.object({ column_line: z.string() })).parse(rows);

    assert.equal(migrated.length, 18);
    assert.deepEqual(migrated.map((row) => row.column_line).sort(), (await modelledColumns()).sort());
  } finally {
    await database.close();
  }
});
