import assert from 'node:assert/strict';
import test from 'node:test';
import { brokenPasswordRules, isWithinPasswordLimit, normalisePassword, type PasswordContext } from './password.ts';

const context: PasswordContext = {
  email: 'ada.example@example.com',
  name: 'Ada Lovelace',
  commonPasswords: new Set(['password', 'dragon', 'qwerty123']),
};
const broken = (password: string) => brokenPasswordRules(password, context);

const cases: readonly (readonly [string, RegExp])[] = [
  ['Short1a', /at least 8 characters/],
  ['lowercase1only', /upper-case/],
  ['UPPERCASE1ONLY', /lower-case/],
  ['NoDigitsHere', /a digit/],
  [`Aa1${'x'.repeat(70)}`, /at most 72 bytes/],
  [`Aa1${'ü'.repeat(35)}`, /at most 72 bytes/],
  ['Qwerty123', /commonest/],
  ['pAssWord2026', /commonest/],
  ['Dragon1998!', /commonest/],
  ['My-Lovelace-1', /your name/],
  ['Ada.Example-77', /your name/],
];

for (const [password, message] of cases) {
  test(`AUTH-5 names the one rule that a password of ${password.length} characters breaks (${message.source})`, () => {
    assert.equal(broken(password).length, 1);
    assert.match(broken(password).join(), message);
  });
}

test('AUTH-5 accepts exactly 8 characters, and exactly 72 bytes of them', () => {
  assert.deepEqual(broken('Abcdefg1'), []);
  assert.deepEqual(broken(`Aa1${'x'.repeat(69)}`), []);
  assert.deepEqual(broken(`Aa${'ü'.repeat(34)}12`), []);
});

test('AUTH-5 names every broken rule at once', () => {
  assert.equal(broken('').length, 4);
});

test('counts a character outside the basic plane once', () => {
  assert.equal(broken('Aa1🔑🔑🔑🔑').length, 1);
});

test('takes a decomposed letter for the same password as the composed one', () => {
  assert.equal(normalisePassword('Cafe\u0301 12'), normalisePassword('Caf\u00e9 12'));
});

test('measures the limit in bytes, not in characters', () => {
  assert.equal(isWithinPasswordLimit('ü'.repeat(36)), true);
  assert.equal(isWithinPasswordLimit('ü'.repeat(37)), false);
});

test('AUTH-5 lets a common word be a part of a long password, and a short name too', () => {
  assert.deepEqual(broken('Dragon-of-the-North-7'), []);
  assert.deepEqual(broken('Ada-likes-Tea-7'), []);
});

test('AUTH-5 finds a name in whatever form of Unicode it was registered', () => {
  const context = { email: 'a@example.com', name: 'Cafe\u0301', commonPasswords: new Set<string>() };

  assert.equal(brokenPasswordRules(normalisePassword('Caf\u00e9-am-Platz-1'), context).length, 1);
});

test('AUTH-5 never repeats any part of the password, the name or the address', () => {
  for (const message of broken('lovelace')) assert.doesNotMatch(message, /lovelace|ada/i);
});
