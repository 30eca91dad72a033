import assert from 'node:assert/strict';
import test from 'node:test';
import * as contracts from '@todo-chatbot/contracts';
import { apiKeyTextOf, newId } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import {
  maskEmail,
  maskPhone,
  maskText,
  type PersonalDataKind,
  personalDataIn,
  truncateAddress,
} from '../src/index.ts';
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

test('payment cards and account numbers are cut out, and public IP addresses lose their last part (AUD-2)', () => {
  assert.equal(maskText('card 4111 1111 1111 1111!'), 'card [redacted]!');
  assert.equal(maskText('IBAN DE89 3704 0044 0532 0130 00 OK'), 'IBAN [redacted] OK');
  assert.equal(maskText('from 203.0.113.77:443'), 'from 203.0.113.0:443');
  assert.equal(maskText('from [2001:db8:1:2::3]'), 'from [2001:db8:1::]');
  assert.equal(maskText('ECONNREFUSED 10.1.2.3:5432'), 'ECONNREFUSED 10.1.2.3:5432');
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
    '/srv/node_modules/.pnpm/kafkajs@2.2.4/node_modules/kafkajs/src/index.js:1:2',
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

test('attack: what is encoded for an address of the web, or stands in quotes, is found and hidden all the same (AUD-6)', () => {
  const hidden: readonly [string, PersonalDataKind, string][] = [
    ['GET /x?email=jane.doe%40example.com&a=1', 'email', 'jane.doe'],
    ['phone=%2B4915123456789', 'phone', '15123456'],
    ['tel:%2B49%20151%2012345678', 'phone', '151'],
    ['+49‑151‑12345678', 'phone', '151'],
    ["password='hunter2x'", 'secret', 'hunter2x'],
    ['token=\\"hunter2x\\"', 'secret', 'hunter2x'],
  ];
  for (const [text, kind, secret] of hidden) {
    assert.deepEqual(personalDataIn(text), [kind], text);
    assert.ok(!maskText(text).includes(secret), maskText(text));
    assert.deepEqual(personalDataIn(maskText(text)), [], maskText(text));
  }
});

test('masking a hostile text takes time in proportion to its length', () => {
  const texts = [
    'a'.repeat(100_000),
    'a@'.repeat(50_000),
    '+1 '.repeat(30_000),
    '0 '.repeat(50_000),
    'eyJ.'.repeat(25_000),
    'eyJ'.repeat(33_000),
    'a/'.repeat(50_000),
    '%40'.repeat(33_000),
    '%2B1%20'.repeat(14_000),
    '1'.repeat(100_000),
    'a-'.repeat(50_000),
    'token'.repeat(20_000),
    '1.'.repeat(50_000),
    '2001:'.repeat(20_000),
    'DE89 '.repeat(20_000),
    '4111 '.repeat(20_000),
    '"password"'.repeat(10_000),
    '-----BEGIN A-----'.repeat(500),
  ];
  // Processor time: how long others keep the machine busy says nothing of a pattern.
  const before = process.cpuUsage();
  for (const text of texts) {
    maskText(text);
    personalDataIn(text);
  }
  assert.ok(process.cpuUsage(before).user < 3_000_000);
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

test('attack: a sentence with an address in it is logged under the name of a confidential field: nothing of it shows (PRIV-6)', () => {
  const { logger, lines } = capturingLogger();
  logger.info({
    title: 'tell jane@example.com of the diagnosis',
    body: { said: 'diagnosis' },
    phone: 4_915_123_456_789,
  });
  logger.info({ email: 'jane@example.com', name: null });
  const text = lines.join('');
  for (const hidden of ['diagnosis', 'tell', '4915123']) assert.ok(!text.includes(hidden), hidden);
  assert.ok(text.includes('j***@example.com'), text);
});

test('every confidential or restricted field of the contracts is hidden by its name alone, and reasons of one word stay readable (PRIV-1, PRIV-6)', () => {
  const schemas = contracts.schemasOf(contracts);
  const readable = new Set(['reason', 'layer', 'verdict']);
  for (const dataClass of ['confidential', 'restricted'] as const) {
    for (const name of contracts.fieldNamesOf(schemas, dataClass)) {
      const { logger, lines } = capturingLogger();
      logger.info({ list: [{ [name]: 'plain words' }, { [name]: 'too-long.v1' }] });
      assert.ok(!lines.join('').includes('plain words'), name);
      assert.equal(lines.join('').includes('too-long.v1'), readable.has(name), name);
    }
  }
});

/** One or more of each kind, as they come in sentences, links, JSON and errors. */
const planted: readonly (readonly [PersonalDataKind, readonly string[]])[] = [
  ['email', ['jane.doe@example.com', '<Jürgen@münchen.example>', '{"to":"a@b.co"}', 'mailto:x+y@mail.example.org']],
  [
    'phone',
    [
      '+49 151 234-567-89',
      '{"phone":"+4915123456789"}',
      'call (415) 555-2671 now',
      '0151 23456789',
      '01 42 68 53 00',
      '030/1234567',
    ],
  ],
  ['payment-card', ['4111 1111 1111 1111', '5555-5555-5555-4444', '"card":"378282246310005"', '3782 822463 10005']],
  ['iban', ['DE89 3704 0044 0532 0130 00', 'to GB82WEST12345698765432.', 'BE68 5390 0754 7034 AND MORE']],
  [
    'address',
    [
      '203.0.113.77',
      'from 198.51.100.4:443',
      '::ffff:203.0.113.77',
      '/203.0.113.9:55120 (Netty)',
      'https://203.0.113.7/x',
      '2001:db8:1:2:3:4:5:6',
      '"address":"2001:db8::1"',
    ],
  ],
  ['jwt', ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl']],
  ['credential', [`Bearer ${'aB3-'.repeat(5)}`, 'authorization: basic amFuZTpodW50ZXIy']],
  ['api-key', [apiKeyTextOf('aB3z'.repeat(11).slice(1))]],
  [
    'secret',
    ['password=hunter2', 'https://x.example/#token=abc', '{"password":"hunter2"}', '{\\"refreshToken\\":\\"abc\\"}'],
  ],
  [
    'private-key',
    ['-----BEGIN EC PRIVATE KEY-----\nMIIE\n-----END EC PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----MII'],
  ],
];

for (const [kind, texts] of planted) {
  test(`attack: ${kind} planted in a text is found, and not any more once it was masked (AUD-6)`, () => {
    for (const text of texts) {
      assert.ok(personalDataIn(text).includes(kind), text);
      assert.ok(personalDataIn(`before ${text} after`).includes(kind), text);
      assert.deepEqual(personalDataIn(maskText(text)), [], maskText(text));
    }
  });
}

test('what programs of ours and of others log every day is not taken for personal data (AUD-6)', () => {
  const ordinary = [
    'j***@example.com called +***89',
    'Authorization: Bearer [redacted]',
    '{"password":"[redacted]","token":null}',
    'ssl.key.password=[hidden], sasl.token=null',
    'bearer authentication failed, basic authentication is off',
    'wrong password: access refused',
    '203.0.113.0 and 2001:db8:1:: and 2001:db8:0::',
    '127.0.0.1:54321 10.1.2.3 192.168.0.17 172.20.0.4 169.254.1.1 0.0.0.0 ::1 fe80::1',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.1 Safari/537.36',
    'node_modules/.pnpm/kafkajs@2.2.4/node_modules/kafkajs/src/consumer/index.js:12:34',
    'latency buckets: [1 2 3 100 130 160 200 250 300 400 500 650 800 1000 2000 5000 10000]',
    '2026-11-26 14:31:46.454 UTC [2968] LOG: checkpoint complete: wrote 3 buffers (0.0%); write=0.001 s',
    '2026-11-27 14:31:52 +0000 UTC m=+10.123456789',
    'offset 1234567890123 of 20261126143146, pid 4111111111',
    'version 1.2.3.4, v10.20.30.40, 18.4-1.2.3',
    'date 01/02/2026 00:00, 26/11/2026',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  ];
  for (const text of ordinary) assert.deepEqual(personalDataIn(text), [], text);
});

test('ids, hashes, times, versions, ports and base64 are never taken for personal data (AUD-6)', () => {
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  const bytes = fc.uint8Array({ minLength: 8, maxLength: 64 }).map((array) => Buffer.from(array));
  const ordinary = fc.oneof(
    fc.constantFrom('user', 'session', 'task', 'event', 'alert').map((kind) => newId(kind)),
    fc.uuid(),
    // One of 1,800 has no letter, and of those one of fifty passes for a card.
    hex(16).filter((digits) => /[a-f]/.test(digits)),
    hex(32),
    hex(64),
    fc.tuple(hex(32), hex(16)).map(([trace, span]) => `00-${trace}-${span}-01`),
    fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
    fc
      .date({ min: new Date('2001-09-10'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => `${date.getTime()}`),
    fc.bigInt({ min: 1_000_000_000_000_000_000n, max: 1_999_999_999_999_999_999n }).map(String),
    fc.tuple(fc.nat(99), fc.nat(99), fc.nat(999)).map((parts) => `v${parts.join('.')}`),
    fc.tuple(fc.nat(65_535), fc.nat(255)).map(([port, last]) => `10.0.0.${last}:${port}`),
    bytes.map((buffer) => buffer.toString('base64')),
    bytes.map((buffer) => buffer.toString('base64url')),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).map(String),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map(String),
  );
  fc.assert(
    fc.property(fc.array(ordinary, { minLength: 1, maxLength: 5 }), (words) => {
      const kinds = personalDataIn(JSON.stringify({ message: words.join(', '), words }));
      return kinds.length === 0;
    }),
    { numRuns: 5_000 },
  );
});
