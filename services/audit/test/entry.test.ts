import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { leafHashOf } from '@todo-chatbot/transparency-log';
import fc from 'fast-check';
import { canonicalJson, NotCanonicalError } from '../src/domain/canonicalJson.ts';
import {
  columnsOfBody,
  decodeBody,
  EntryError,
  type EntryFault,
  encodeEntry,
  isCommitment,
  isSameEvent,
  maxBodyBytes,
  readEvent,
} from '../src/domain/entry.ts';
import { auditEvent, versionOneOf } from './support.ts';

const isFault = (fault: EntryFault) => (error: unknown) => error instanceof EntryError && error.fault === fault;

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys by UTF-16 code units as the example of section 3.2.3 does', () => {
    const example = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    assert.deepEqual(
      Object.values(
        JSON.parse(
          `[${canonicalJson(example)
            .slice(1, -1)
            .replace(/"(?:[^"\\]|\\.)*":/g, '')}]`,
        ),
      ),
      [
        'Carriage Return',
        'One',
        'Control',
        'Latin Small Letter O With Diaeresis',
        'Euro Sign',
        'Emoji: Grinning Face',
        'Hebrew Letter Dalet With Dagesh',
      ],
    );
  });

  it('writes the example of section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    assert.equal(
      canonicalJson(value),
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('gives the same bytes for the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        assert.equal(canonicalJson(reversed), canonicalJson(value));
        assert.deepEqual(JSON.parse(canonicalJson(value)), { ...value });
      }),
    );
  });

  it('refuses what has no canonical form', () => {
    assert.throws(() => canonicalJson('\ud800'), NotCanonicalError);
    assert.throws(() => canonicalJson({ '\udc00': 1 }), NotCanonicalError);
    assert.throws(() => canonicalJson(Number.NaN), NotCanonicalError);
  });
});

describe('entries', () => {
  const encode = (data: Parameters<typeof auditEvent>[0] = {}) => encodeEntry(auditEvent(data));

  it('reads back what it wrote, and hashes the leaf as RFC 6962 says', () => {
    const event = auditEvent({ action: 'task.create' });
    const encoded = encodeEntry(event);
    const entry = decodeBody(encoded.body);
    assert.equal(entry.id, event.id);
    assert.deepEqual(entry.event, event.data);
    assert.deepEqual(entry.sealed, []);
    assert.deepEqual(encoded.leafHash, createHash('sha256').update(Buffer.of(0)).update(encoded.leaf).digest());
  });

  it('commits in its leaf to every bit of the body, and to nothing else (AUD-4)', () => {
    const { leaf, body } = encode();
    const digest = createHash('sha256').update(body).digest('hex');
    assert.equal(leaf.toString(), `{"body":"${digest}","v":2}`);
    assert.ok(isCommitment(leaf, body));
    fc.assert(
      fc.property(fc.nat(body.length * 8 - 1), (bit) => {
        const altered = Buffer.from(body);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.ok(!isCommitment(leaf, altered));
      }),
    );
  });

  it('attack: whoever guesses what happened cannot try it out on the leaf, which differs each time (AUD-4)', () => {
    const event = auditEvent({});
    const leaves = Array.from({ length: 100 }, () => encodeEntry(event).leaf.toString());
    assert.equal(new Set(leaves).size, leaves.length);
    const salts = Array.from({ length: 100 }, () => decodeBody(encodeEntry(event).body).salt);
    assert.equal(new Set(salts).size, salts.length);
    for (const salt of salts) assert.equal(Buffer.from(salt ?? '', 'base64url').length, 16);
  });

  it('knows the event again when the broker delivers it once more, spelled otherwise', () => {
    const event = auditEvent({});
    const respelled = JSON.stringify(
      { pubsubname: 'pubsub-audit', ...Object.fromEntries(Object.entries(event).reverse()) },
      null,
      2,
    );
    const { body } = encodeEntry(event);
    assert.ok(isSameEvent(readEvent(Buffer.from(respelled)).entry.body, body));
    assert.ok(isSameEvent(versionOneOf(body), body), 'logged before there were salts');
  });

  it('attack: another event under the same id is not taken for the same', () => {
    const event = auditEvent({ action: 'task.create' });
    const { body } = encodeEntry(event);
    for (const forged of [
      { ...event, data: { ...event.data, success: false } },
      { ...event, data: { ...event.data, input: { titleLength: 9 } } },
      { ...event, source: 'booking' },
      { ...event, time: '2026-11-22T08:09:10.124Z' },
    ]) {
      assert.ok(!isSameEvent(encodeEntry(forged).body, body));
    }
  });

  it('writes time in UTC with milliseconds', () => {
    const { columns } = encodeEntry({ ...auditEvent({}), time: '2026-11-22T08:09:10Z' });
    assert.equal(columns.time, '2026-11-22T08:09:10.000Z');
  });

  it('says in its columns what the body says', () => {
    const { body, columns, eventId } = encode({
      action: 'auth.login',
      object: { type: 'session', id: 'ses_1' },
      traceId: '0af7651916cd43dd8448eb211c80319c',
    });
    assert.deepEqual(columnsOfBody(body), { eventId, ...columns });
    assert.deepEqual([columns.objectType, columns.objectId, columns.address], ['session', 'ses_1', '192.0.2.0']);
  });

  it('refuses a body in any spelling but the canonical one', () => {
    const { body, eventId } = encode();
    assert.equal(columnsOfBody(body).eventId, eventId);
    const text = body.toString();
    for (const respelled of [
      text.replace('{', '{ '),
      text.replace('"v":2', '"v":2.0'),
      text.replace('"task.create"', '"task\\u002ecreate"'),
      text.replace('"v":2', '"v":1,"v":2'),
      `\ufeff${text}`,
    ]) {
      assert.notEqual(respelled, text);
      assert.throws(() => columnsOfBody(Buffer.from(respelled)), EntryError, respelled);
    }
  });

  it('reads bodies whose event has fields that the schema of today does not know', () => {
    const { body } = encode({ action: 'task.create' });
    const older = Buffer.from(body.toString().replace('"action":', '"abolished":true,"action":'));
    assert.equal(columnsOfBody(older).action, 'task.create');
  });

  it('takes an entry of version 1, from before there were salts, for its own leaf', () => {
    const body = versionOneOf(encode().body);
    assert.ok(isCommitment(body, body));
    assert.equal(columnsOfBody(body).action, 'task.create');
    assert.equal(decodeBody(body).salt, undefined);
  });

  it('attack: a body of nothing but nesting is refused and exhausts no stack', () => {
    const nested = Buffer.from('['.repeat(32_000) + ']'.repeat(32_000));
    assert.throws(() => columnsOfBody(nested), isFault('not-canonical'));
  });

  it('has a place for fields sealed under a key, inside the hash (AUD-4)', () => {
    const box = 'c2VhbGVk'.repeat(5);
    const sealed = encode({ sealed: { 'metadata.userAgent': box, 'input.email': box } });
    assert.deepEqual(decodeBody(sealed.body).sealed, [
      { field: 'input.email', scope: 'audit.events.task', box },
      { field: 'metadata.userAgent', scope: 'audit.events.task', box },
    ]);
    assert.equal(columnsOfBody(sealed.body).action, 'task.create');
    assert.notDeepEqual(sealed.leaf, encodeEntry(auditEvent({})).leaf);
    const redelivered = { ...auditEvent({}), data: auditEvent({ sealed: { 'input.email': box } }).data };
    assert.ok(isSameEvent(encodeEntry(redelivered).body, encodeEntry(redelivered).body));
    assert.ok(
      !isSameEvent(encodeEntry(redelivered).body, encodeEntry({ ...redelivered, data: auditEvent({}).data }).body),
    );
  });

  it('attack: a sealed field that is no personal field, too many, or too long is refused', () => {
    const box = 'c2VhbGVk'.repeat(5);
    const inputs = Array.from({ length: 11 }, (_, index) => [`input.a${index}`, box]);
    for (const sealed of [
      { action: box },
      { 'actor.id': box },
      { 'metadata.address': box },
      { 'input.__proto__': box },
      { 'input.email': 'no base64 at all, and long enough to be one' },
      { 'input.email': 'c2Vh'.repeat(2_100) },
      Object.fromEntries(inputs),
    ]) {
      const event = auditEvent({});
      const bytes = Buffer.from(JSON.stringify({ ...event, data: { ...event.data, sealed } }));
      assert.throws(() => readEvent(bytes), isFault('not-an-audit-event'));
    }
  });

  it('is described by the example in README.md, bytes and hashes', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const [, example = '', digest, leafHash] =
      /```json\n(.+?)```\s+.*?`\{"body":"([0-9a-f]{64})","v":2\}`.*?leaf hash is\s+`([0-9a-f]{64})`/s.exec(readme) ??
      [];
    const body = Buffer.from(canonicalJson(JSON.parse(example)));
    const leaf = Buffer.from(`{"body":"${digest}","v":2}`);
    assert.ok(isCommitment(leaf, body));
    assert.equal(leafHashOf(leaf).toString('hex'), leafHash);
    assert.equal(columnsOfBody(body).action, 'task.create');
    assert.equal(decodeBody(body).event.service, 'task');
  });

  it('takes an entry of up to 65,535 bytes and refuses a longer one (C2SP tlog-tiles)', () => {
    const keys = Array.from({ length: 33 }, (_, index) => `key${index}`);
    const base = auditEvent({});
    const bodyBytes = (filled: number) => {
      const input = Object.fromEntries(
        keys.map((key, index) => [key, 'x'.repeat(Math.min(2000, Math.max(0, filled - index * 2000)))]),
      );
      return encodeEntry({ ...base, data: { ...base.data, input } }).body.length;
    };
    const fitting = maxBodyBytes - bodyBytes(0);
    assert.equal(bodyBytes(fitting), 65_535);
    assert.throws(() => bodyBytes(fitting + 1), isFault('too-large'));
  });

  it('refuses what is no audit event, and never repeats a value in the fault', () => {
    const event = auditEvent({});
    const secret = 'canary-7f3a';
    const malformed: [Buffer, EntryFault][] = [
      [Buffer.from('{'), 'not-json'],
      [Buffer.of(0xff, 0xfe), 'not-json'],
      [Buffer.alloc(0), 'not-json'],
      [Buffer.from('null'), 'not-an-audit-event'],
      [Buffer.from(JSON.stringify({ ...event, type: secret })), 'not-an-audit-event'],
      [Buffer.from(JSON.stringify({ ...event, time: '0000-01-01T00:00:00Z' })), 'not-an-audit-event'],
      [Buffer.from(JSON.stringify({ ...event, id: `a\u0000${secret}` })), 'not-an-audit-event'],
      [Buffer.from(JSON.stringify({ ...event, data: { ...event.data, [secret]: 1 } })), 'not-an-audit-event'],
      ...nulEverywhere(event, secret).map((bytes): [Buffer, EntryFault] => [bytes, 'not-an-audit-event']),
      [Buffer.from(JSON.stringify({ ...event, data: { ...event.data, reason: '\ud800' } })), 'not-canonical'],
    ];
    for (const [bytes, fault] of malformed) {
      assert.throws(
        () => readEvent(bytes),
        (error) => isFault(fault)(error) && !JSON.stringify(error).includes(secret) && !String(error).includes(secret),
      );
    }
  });
});

/** Events with U+0000, which PostgreSQL's text cannot hold, in each field that is a column or that alerts name. */
function nulEverywhere({ data, ...envelope }: ReturnType<typeof auditEvent>, text: string): Buffer[] {
  const nul = `a\u0000${text}`;
  const faults = [
    { object: { type: 'user', id: nul } },
    { object: { type: nul.slice(0, 4), id: 'usr_1' } },
    { metadata: { ...data.metadata, address: nul } },
    { traceId: nul },
    { input: { [nul]: 1 } },
  ];
  return faults.map((fault) => Buffer.from(JSON.stringify({ ...envelope, data: { ...data, ...fault } })));
}
