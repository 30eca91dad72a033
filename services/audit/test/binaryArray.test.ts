import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { byteaArray, textArray } from '../src/adapters/binaryArray.ts';

describe('arrays handed to PostgreSQL in binary', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
  });
  after(() => database.close());

  it('arrive as they were: texts, with nulls, empty ones and every kind of character', async () => {
    const texts = ['', null, 'plain', '"quoted", {braced} \\ back', 'Zoë 😀 \u2028', null];
    const { rows } = await database.pool.query('SELECT $1::text[] AS texts', [textArray(texts)]);
    assert.deepEqual(rows, [{ texts }]);
  });

  it('arrive as they were: bytes, of any value and length', async () => {
    const values = [Buffer.alloc(0), Buffer.from([0, 255, 92]), randomBytes(70_000)];
    const { rows } = await database.pool.query('SELECT $1::bytea[] AS bytes', [byteaArray(values)]);
    assert.deepEqual(rows, [{ bytes: values }]);
  });

  it('arrive empty when they are', async () => {
    const { rows } = await database.pool.query('SELECT $1::text[] AS texts, $2::bytea[] AS bytes', [
      textArray([]),
      byteaArray([]),
    ]);
    assert.deepEqual(rows, [{ texts: [], bytes: [] }]);
  });
});
