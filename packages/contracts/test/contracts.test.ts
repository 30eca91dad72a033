import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 as zlibCrc32 } from 'node:zlib';
import {
  allowedCalls,
  apiKeyTextOf,
  apiKeyTextSchema,
  appIds,
  crc32,
  dataCategories,
  deadLetterRetentionMs,
  deadLetterTopic,
  emailSchema,
  errorCodes,
  type IdKind,
  idPrefixes,
  idSchema,
  isPermitted,
  newId,
  permissions,
  phoneSchema,
  readersOf,
  retentionBounds,
  retentionClasses,
  roles,
  secretsOf,
  segmentMs,
  storedTopics,
  topics,
} from '../src/index.ts';

const kinds = Object.keys(idPrefixes).filter((kind): kind is IdKind => Object.hasOwn(idPrefixes, kind));

describe('Ids', () => {
  it('are accepted by the schema of their kind and refused by that of every other kind', () => {
    for (const kind of kinds) {
      const id = newId(kind);
      for (const other of kinds)
        assert.equal(idSchema(other).safeParse(id).success, other === kind, `${id} as ${other}`);
    }
  });

  it('sort by the time of their making', () => {
    const ids = Array.from({ length: 100 }, () => newId('task'));
    assert.deepEqual([...ids].sort(), ids);
  });
});

describe('API keys (AUTH-12)', () => {
  it('have the checksum that zlib computes', () => {
    assert.deepEqual(['', 'a', '123456789', 'tcb_'].map(crc32), [0, 0xe8b7be43, 0xcbf43926, zlibCrc32('tcb_')]);
  });

  it('pad a small checksum, so that every key has one length', () => {
    const random = '-'.repeat(43);
    assert.match(apiKeyTextOf(random), /^tcb_-{43}[0-9A-Za-z]{6}$/);
    assert.equal(apiKeyTextOf(''), 'tcb_000000');
  });

  it('show every slip of one character, and every two that changed places', () => {
    const key = apiKeyTextOf('aB3_-xYz09'.repeat(5).slice(0, 43));
    assert.ok(apiKeyTextSchema.safeParse(key).success);
    for (let index = 0; index < key.length; index += 1) {
      const slip = key[index] === 'Q' ? 'R' : 'Q';
      const swapped = `${key.slice(0, index)}${key[index + 1] ?? ''}${key[index]}${key.slice(index + 2)}`;
      const slips = [`${key.slice(0, index)}${slip}${key.slice(index + 1)}`, swapped === key ? '' : swapped];
      for (const text of slips) assert.equal(apiKeyTextSchema.safeParse(text).success, false, `at ${index}`);
    }
  });
});

describe('Tables', () => {
  it('list each call once, and none to oneself (MESH-2)', () => {
    const keys = allowedCalls.map(({ caller, callee, verb, path }) => `${caller} ${callee} ${verb} ${path}`);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(allowedCalls.every(({ caller, callee }) => caller !== callee));
    assert.ok(!allowedCalls.some(({ callee }) => callee === 'chat-gateway'), 'nobody calls back into the public door');
  });

  it('give no app the secret of another one (MESH-5)', () => {
    const all = appIds.flatMap((appId) => secretsOf(appId));
    assert.equal(new Set(all).size, all.length);
    for (const appId of appIds) assert.ok(secretsOf(appId).every((name) => name.startsWith(`${appId}-`)));
  });

  it('name no topic twice, dead letters included, and let nobody consume what it produces (KAFKA-1)', () => {
    const names = topics.flatMap(({ name, consumers }) => [
      name,
      ...consumers.map((consumer) => deadLetterTopic(name, consumer)),
    ]);
    assert.equal(new Set(names).size, names.length);
    for (const topic of topics) {
      const readers = readersOf(topic);
      assert.equal(new Set(readers).size, readers.length, topic.name);
      assert.ok(!topic.producers.some((producer) => readers.includes(producer)), topic.name);
    }
  });

  it('let administrators alone manage users, and services do nothing in a person’s name (AUTH-10)', () => {
    assert.deepEqual(
      roles.filter((role) => isPermitted([role], 'user.manage')),
      ['admin'],
    );
    assert.ok(permissions.every((permission) => !isPermitted(['service'], permission)));
    assert.ok(!isPermitted(['viewer'], 'configuration.change'));
  });

  it('give each error a status of the 4xx or 5xx class', () => {
    for (const { status } of Object.values(errorCodes)) assert.ok(status >= 400 && status <= 599);
  });
});

describe('Personal data', () => {
  it('has one form: e-mail in lower case, phone as E.164 (API-5)', () => {
    assert.equal(emailSchema.parse('  Ada@Example.COM '), 'ada@example.com');
    for (const phone of ['+491701234567', '+12025550123']) assert.equal(phoneSchema.parse(phone), phone);
    for (const phone of ['0170 1234567', '+4917', '+0491701234567', '+4917012345678901', '+49 170 1234567']) {
      assert.ok(!phoneSchema.safeParse(phone).success, phone);
    }
  });
});

describe('Retention', () => {
  const dayMs = 86_400_000;

  it('every topic and its dead letters are gone within the shortest period of what is in them (KAFKA-2, PRIV-5)', () => {
    for (const { name, retentionMs } of topics) {
      const holds = storedTopics[name]?.holds ?? null;
      if (holds === null) continue;
      const { keeping } = dataCategories[holds.category];
      const expiring = Object.entries(retentionBounds).find(([one]) => one === keeping);
      assert.ok(expiring, `${name} holds what has no period`);
      const shortestMs = expiring[1].least * dayMs;
      for (const keptMs of [retentionMs, deadLetterRetentionMs]) assert.ok(keptMs + segmentMs <= shortestMs, name);
    }
  });

  it('the default of each class is within its bounds', () => {
    for (const [one, { least, most }] of Object.entries(retentionBounds)) {
      const [, days] = Object.entries(retentionClasses).find(([name]) => name === one) ?? [];
      assert.ok(typeof days === 'number' && least <= days && days <= most, one);
    }
  });
});
