import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { createSealer, SealBroken } from '../src/index.ts';

const text = new TextEncoder().encode('a private key');

test('what was sealed opens under the same key and context alone (DATA-2)', () => {
  const key = randomBytes(32);
  const sealed = createSealer(key).seal(text, 'signing-key:one');

  assert.deepEqual(createSealer(key).open(sealed, 'signing-key:one'), text);
  assert.throws(() => createSealer(key).open(sealed, 'signing-key:two'), SealBroken);
  assert.throws(() => createSealer(randomBytes(32)).open(sealed, 'signing-key:one'), SealBroken);
  assert.ok(!Buffer.from(sealed).includes(Buffer.from(text)));
});

test('the same text is sealed differently each time', () => {
  const sealer = createSealer(randomBytes(32));
  assert.notDeepEqual(sealer.seal(text, 'x'), sealer.seal(text, 'x'));
});

test('attack: any flipped bit and any cut is noticed', () => {
  const sealer = createSealer(randomBytes(32));
  const sealed = sealer.seal(text, 'x');
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => sealer.open(changed, 'x'), SealBroken, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    assert.throws(() => sealer.open(sealed.subarray(0, length), 'x'), SealBroken, `length ${length}`);
  }
});

test('a key of another length is refused', () => {
  assert.throws(() => createSealer(randomBytes(16)), RangeError);
});
