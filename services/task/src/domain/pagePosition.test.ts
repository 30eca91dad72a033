import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorSchema, newId } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, type PagePosition } from './pagePosition.ts';

const moment = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

test('a cursor gives its position back and is short enough for the contract', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.option(moment), moment, (isDone, dueAt, createdAt) => {
      const position: PagePosition = [isDone, dueAt, createdAt, newId('task')];
      assert.deepEqual(decodeCursor(cursorSchema.parse(encodeCursor(position))), position);
    }),
  );
});

test('attack: a forged cursor is none, whatever it holds', () => {
  const forged = [
    '',
    'null',
    "' OR 1=1 --",
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from(JSON.stringify([false, null, '0000-01-01T00:00:00Z', newId('task')])).toString('base64url'),
    Buffer.from(JSON.stringify([false, null, '2026-01-01T00:00:00Z', 'tsk_1 OR true'])).toString('base64url'),
  ];
  assert.deepEqual(
    forged.map(decodeCursor),
    forged.map(() => null),
  );
});
