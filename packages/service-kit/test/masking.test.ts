import assert from 'node:assert/strict';
import test from 'node:test';
import { apiKeyTextOf, newId } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { maskEmail, maskPhone, maskText, truncateAddress } from '../src/index.ts';
import { capturingLogger } from './support.ts';

test('an e-mail address keeps its first letter and its domain (AUD-2)', () => {
  assert.equal(maskEmail('jane.doe@example.com'), 'j***@example.com');
  assert.equal(maskText('mail to jane.doe+x@example.com, now'), 'mail to j***@example.com, now');
  assert.equal(maskText('<Jürgen@münchen.example>'), '<J***@münchen.example>');
});

test('a phone number keeps its last two digits, however it is written', () => {
  assert.equal(maskPhone('+4915123456789'), '+***89');
  for (const phone of ['+49 151 234-567-89', '+1 (415) 555-2671', '0151 23456789', '(415) 555-2671', '4915123456789']) {
    assert.equal(maskText(`call ${phone} please`).includes('***'), true, phone);
  }
});

test('JWTs, bearer credentials, opaque tokens and private keys are cut out', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl';
  assert.equal(maskText(`got ${jwt}!`), 'got [redacted]!');
  assert.equal(maskText('Authorization: Bearer abc.def'), 'Authorization: Bearer [redacted]');
  assert.equal(maskText(`refresh ${'aB3-'.repeat(11)}`), 'refresh [redacted]');
  assert.equal(maskText(`key ${apiKeyTextOf('aB3-'.repeat(11).slice(1))}.`), 'key [redacted].');
  assert.equal(maskText('-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'), '[redacted]');
});

test('attack: a mailed link gets into a log line, as by a relay that repeats the mail: its token is cut out (AUTH-13)', () => {
  const token = `${'aB3-'.repeat(10)}xyz`;
  const page = 'https://todo.example/account/reset-password';
  assert.equal(maskText(`${page}#token=${token}`), `${page}#token=[redacted]`);
  assert.equal(maskText(`${page}?access_token=${token}&next=1`), `${page}?access_token=[redacted]&next=1`);
  assert.equal(maskText(`refreshToken=short, password=hunter2.`), 'refreshToken=[redacted] password=[redacted]');
});

test('ids, digests, times, paths and trace contexts stay readable', () => {
  const readable = [
    newId('user'),
    newId('task'),
    'a'.repeat(64),
    '2026-11-21T12:00:00.000Z',
    '2026-11-21 12:00',
    '127.0.0.1:54321',
    'file:///srv/todo-chatbot/services/task/src/commands/createTask.ts:12:34',
    '/srv/todo-chatbot/services/task/src/commands/createTask.ts',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'duplicate key value violates unique constraint "task_pkey"',
  ];
  for (const text of readable) assert.equal(maskText(text), text);
});

test('an address loses its last part: 24 bits of IPv4, 48 of IPv6', () => {
  assert.equal(truncateAddress('203.0.113.77'), '203.0.113.0');
  assert.equal(truncateAddress('::ffff:203.0.113.77'), '203.0.113.0');
  assert.equal(truncateAddress('2001:db8:1:2:3:4:5:6'), '2001:db8:1::');
  assert.equal(truncateAddress('2001:db8::1'), '2001:db8:0::');
  assert.equal(truncateAddress('::1'), '0:0:0::');
  assert.equal(truncateAddress('nonsense'), null);
  assert.equal(truncateAddress(undefined), null);
});

test('masking a hostile text takes time in proportion to its length', () => {
  const texts = [
    'a'.repeat(100_000),
    'a@'.repeat(50_000),
    '+1 '.repeat(30_000),
    '0 '.repeat(50_000),
    'eyJ.'.repeat(25_000),
    'a/'.repeat(50_000),
    '1'.repeat(100_000),
    'a-'.repeat(50_000),
    'token'.repeat(20_000),
  ];
  const startedAt = performance.now();
  for (const text of texts) maskText(text);
  assert.ok(performance.now() - startedAt < 3_000);
});

test('secret keys are redacted at any depth, and errors say no more than name, message, code, stack and cause', () => {
  const { logger, lines } = capturingLogger();
  const cause = Object.assign(new Error('Failing row of jane@example.com'), { detail: 'buy milk', code: '23505' });
  logger.error(
    {
      err: new Error('no luck', { cause }),
      headers: { cookie: 'sid=1', list: [{ 'Refresh-Token': 'abc' }] },
      apiKey: 'k',
      tokenId: 'tok_1',
    },
    'told jane@example.com',
  );
  const line = lines.join('');
  for (const secret of ['sid=1', 'abc', '"k"', 'jane@', 'buy milk']) assert.equal(line.includes(secret), false, secret);
  for (const fact of ['23505', 'no luck', 'tok_1', 'j***@example.com', '"level":"error"'])
    assert.equal(line.includes(fact), true, fact);
});

test('no planted e-mail, phone number or token survives in a log line, wherever it is put (AUD-2, PRIV-1)', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 14 });
  const base64url = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
  const random = (length: number) =>
    fc.string({ unit: fc.constantFrom(...base64url), minLength: length, maxLength: length });
  const planted = fc.oneof(
    fc.emailAddress(),
    digits.map((rest) => `+1${rest}`),
    fc.tuple(random(20), random(30), random(43)).map((parts) => `eyJ${parts.join('.')}`),
    random(43).map((token) => `Bearer ${token}`),
    // A token of hexadecimal digits alone has the chance of one in 10^26.
    random(43).filter((token) => !/^-|-$|^[0-9a-f]+$/.test(token)),
  );
  fc.assert(
    fc.property(planted, fc.string(), fc.string(), fc.string({ minLength: 1 }), (secret, before, after, key) => {
      const { logger, lines } = capturingLogger();
      const text = `${before} ${secret} ${after}`;
      const child = logger.child({ bound: text });
      child.info({ [key]: text, deep: { list: [{ [key]: text }] } }, text);
      child.error({ err: new Error(text, { cause: new Error(text) }), other: new TypeError(text) }, 'failed');
      child.info(new Error(text));
      const logged = lines.join('');
      return !logged.includes(secret) && !logged.includes(JSON.stringify(secret).slice(1, -1));
    }),
    { numRuns: 500 },
  );
});

test('a log line shows fields that carry a data class in their masked form or not at all, at any depth (PRIV-1, PRIV-6)', () => {
  const { logger, lines } = capturingLogger();
  logger.info({
    task: { title: 'buy milk', listName: 'shopping', status: 'open' },
    account: { email: 'jane@example.com', name: 'Jane Doe', accessToken: 'short' },
  });
  const text = lines.join('');
  for (const hidden of ['milk', 'shopping', 'Jane Doe', 'short', 'jane@']) assert.ok(!text.includes(hidden), hidden);
  for (const shown of ['"status":"open"', 'j***@example.com']) assert.ok(text.includes(shown), shown);
});
