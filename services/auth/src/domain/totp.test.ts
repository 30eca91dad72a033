import assert from 'node:assert/strict';
import test from 'node:test';
import { createTotpSecret, describeTotpSecret, totpStepOf } from './totp.ts';

/** RFC 6238 appendix B, SHA-1, cut to the last six of eight digits. */
const vectors: readonly (readonly [number, string])[] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];
const secret = new Uint8Array(Buffer.from('12345678901234567890'));
const at = (seconds: number) => new Date(seconds * 1000);

test("RFC 6238's own examples are accepted, with their time step (AUTH-8)", () => {
  for (const [seconds, code] of vectors) {
    assert.equal(totpStepOf({ secret, code, now: at(seconds) }), Math.floor(seconds / 30));
  }
});

test('a code is good one step early and one step late, and no further (AUTH-8)', () => {
  const [seconds, code] = [1_234_567_890, '005924'];
  const step = Math.floor(seconds / 30);

  assert.equal(totpStepOf({ secret, code, now: at(seconds - 30) }), step);
  assert.equal(totpStepOf({ secret, code, now: at(seconds + 30) }), step);
  assert.equal(totpStepOf({ secret, code, now: at(seconds - 60) }), null);
  assert.equal(totpStepOf({ secret, code, now: at(seconds + 60) }), null);
});

test('a new secret has 160 random bits, and is described as authenticator apps want it', () => {
  const made = createTotpSecret();

  const { secret: text, otpauthUri } = describeTotpSecret({ secret: made, account: 'ada+1@example.com' });

  assert.equal(made.length, 20);
  assert.match(text, /^[A-Z2-7]{32}$/);
  const uri = new URL(otpauthUri);
  assert.equal(`${uri.protocol}//${uri.host}${uri.pathname}`, 'otpauth://totp/todo-chatbot:ada%2B1%40example.com');
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    issuer: 'todo-chatbot',
    secret: text,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  assert.notDeepEqual(createTotpSecret(), made);
});
