import assert from 'node:assert/strict';
import test from 'node:test';
import { brokenPasswordRules, isWithinPasswordLimit, normalisePassword } from './password.ts';

const cases: readonly (readonly [string, RegExp])[] = [
  ['Short1a', /at least 8 characters/],
  ['lowercase1only', /upper-case/],
  ['UPPERCASE1ONLY', /lower-case/],
  ['NoDigitsHere', /a digit/],
  [`Aa1${'x'.repeat(70)}`, /at most 72 bytes/],
  [`Aa1${'ü'.repeat(35)}`, /at most 72 bytes/],
];

for (const [password, message] of cases) {
  test(`AUTH-5 names the one rule that a password of ${password.length} characters breaks (${message.source})`, () => {
    const broken = brokenPasswordRules(password);

    assert.equal(broken.length, 1);
    assert.match(broken.join(), message);
  });
}

test('AUTH-5 accepts exactly 8 characters, and exactly 72 bytes of them', () => {
  assert.deepEqual(brokenPasswordRules('Abcdefg1'), []);
  assert.deepEqual(brokenPasswordRules(`Aa1${'x'.repeat(69)}`), []);
  assert.deepEqual(brokenPasswordRules(`Aa${'ü'.repeat(34)}12`), []);
});

test('AUTH-5 names every broken rule at once', () => {
  assert.equal(brokenPasswordRules('').length, 4);
});

test('counts a character outside the basic plane once', () => {
  assert.equal(brokenPasswordRules('Aa1🔑🔑🔑🔑').length, 1);
});

test('takes a decomposed letter for the same password as the composed one', () => {
  assert.equal(normalisePassword('Cafe\u0301 12'), normalisePassword('Caf\u00e9 12'));
});

test('measures the limit in bytes, not in characters', () => {
  assert.equal(isWithinPasswordLimit('ü'.repeat(36)), true);
  assert.equal(isWithinPasswordLimit('ü'.repeat(37)), false);
});
