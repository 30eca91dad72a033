import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { createPersonBox, openJson, SealBroken, scopeKey, sealJson } from '../src/index.ts';

const personId = newId('user');
const dataKey = randomBytes(32);
const boxOf = (options: { personId?: string; scope?: string; dataKey?: Uint8Array } = {}) => {
  const { scope = 'task' } = options;
  const key = scopeKey(options.dataKey ?? dataKey, scope);
  return createPersonBox({ personId: options.personId ?? personId, scope, key });
};
const place = { field: 'tasks.title', row: newId('task') };

describe('What is sealed for a person (DATA-2)', () => {
  it('opens in its place, for its person, in its scope, with a box made anew', () => {
    const sealed = boxOf().seal(place, 'Zahnarzt für Ünal 🦷');
    assert.equal(boxOf().open(place, sealed), 'Zahnarzt für Ünal 🦷');
  });

  it('attack: swapped to another person, field, row or scope, or under another key, it is refused', () => {
    const sealed = boxOf().seal(place, 'secret');
    const elsewhere = [
      () => boxOf({ personId: newId('user') }).open(place, sealed),
      () => boxOf().open({ ...place, field: 'lists.name' }, sealed),
      () => boxOf().open({ ...place, row: newId('task') }, sealed),
      () => boxOf({ scope: 'task.events' }).open(place, sealed),
      () => boxOf({ dataKey: randomBytes(32) }).open(place, sealed),
    ];
    for (const open of elsewhere) assert.throws(open, SealBroken);
  });

  it('attack: each flipped bit and each truncation is refused', () => {
    const sealed = boxOf().seal(place, 'secret');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      assert.throws(() => boxOf().open(place, flipped), SealBroken, `bit ${bit}`);
    }
    for (let length = 0; length < sealed.length; length += 1) {
      assert.throws(() => boxOf().open(place, sealed.subarray(0, length)), SealBroken, `${length} bytes`);
    }
  });

  it('never looks the same twice', () => {
    const [one, other] = [boxOf().seal(place, 'same'), boxOf().seal(place, 'same')];
    assert.notDeepEqual(one, other);
  });

  it('is found by an index that differs between people, fields and scopes', () => {
    const indexes = [
      boxOf().index('lists.key', 'home'),
      boxOf().index('lists.name', 'home'),
      boxOf({ scope: 'booking' }).index('lists.key', 'home'),
      boxOf({ dataKey: randomBytes(32) }).index('lists.key', 'home'),
    ].map((bytes) => Buffer.from(bytes).toString('hex'));
    assert.equal(new Set(indexes).size, indexes.length);
    assert.deepEqual(boxOf().index('lists.key', 'home'), boxOf().index('lists.key', 'home'));
  });

  it('carries JSON in events', () => {
    const event = { field: 'task.created.v2', row: newId('task') };
    const sealed = sealJson(boxOf(), event, { title: 'x' });
    assert.deepEqual(openJson(boxOf(), event, sealed, z.strictObject({ title: z.string() })), { title: 'x' });
  });
});
