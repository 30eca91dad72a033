import assert from 'node:assert/strict';
import test from 'node:test';
import { recoveryCodeSchema } from '@todo-chatbot/contracts';
import { createRecoveryCodes, showRecoveryCode } from './recoveryCodes.ts';

test('ten different codes, which are read back as they are shown, in whatever spelling (AUTH-8)', () => {
  const codes = createRecoveryCodes();

  assert.equal(new Set(codes).size, 10);
  for (const code of codes) {
    const shown = showRecoveryCode(code);
    assert.match(shown, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    assert.equal(recoveryCodeSchema.parse(shown), code);
    assert.equal(recoveryCodeSchema.parse(` ${shown.toLowerCase().replace('-', ' ')} `), code);
  }
});

test('every letter of the alphabet comes up about equally often', () => {
  const counts = new Map<string, number>();
  for (let round = 0; round < 200; round += 1) {
    for (const letter of createRecoveryCodes().join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }

  // 20000 letters, 625 of each expected; eight standard deviations are 200.
  assert.equal(counts.size, 32);
  for (const [letter, count] of counts) assert.ok(Math.abs(count - 625) < 200, `${letter} came up ${count} times`);
});
