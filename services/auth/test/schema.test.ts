import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { columnsOfDatabase, columnsOfModels, startTestDatabase } from '@todo-chatbot/local-platform/testing';

test('the migrated tables are the models of schema.prisma, column by column', async () => {
  const database = await startTestDatabase({ service: 'auth' });
  try {
    const models = columnsOfModels(new URL('../prisma/schema.prisma', import.meta.url));
    assert.deepEqual(await columnsOfDatabase(database.ownerPool), models);
  } finally {
    await database.close();
  }
});

test('tickets are bound also in a database where a sign-in waits for its second factor: it begins anew', async () => {
  const { ownerPool, close } = await startTestDatabase({ service: 'auth' });
  const migration = new URL('../prisma/migrations/20261126091300_bind-tickets.sql', import.meta.url);
  try {
    await ownerPool.query(`
      ALTER TABLE tickets DROP COLUMN password_mark CASCADE, DROP COLUMN attempts;
      INSERT INTO users (id, email, email_index, email_verified, name, roles, created_at)
        VALUES ('usr_01990000-0000-7000-8000-000000000000', '\\x00', sha256('ada'), true, '\\x00', '{user}', now());
      INSERT INTO tickets (token_hash, purpose, user_id, created_at, expires_at)
        VALUES (sha256('t'), 'second-factor', 'usr_01990000-0000-7000-8000-000000000000', now(), now() + interval '5 minutes')`);

    await ownerPool.query(await readFile(migration, 'utf8'));

    assert.equal((await ownerPool.query('SELECT FROM tickets')).rowCount, 0);
  } finally {
    await close();
  }
});
