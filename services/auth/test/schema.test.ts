import assert from 'node:assert/strict';
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
