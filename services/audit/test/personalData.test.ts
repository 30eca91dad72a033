import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { apiKeyTextOf } from '@todo-chatbot/contracts';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createLogger, systemClock } from '@todo-chatbot/service-kit';
import fc from 'fast-check';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresLogPositions, createPostgresScannedBodies } from '../src/adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from '../src/adapters/runAlone.ts';
import { createServiceLogFiles } from '../src/adapters/serviceLogFiles.ts';
import { createLogWriter, type LogWriter } from '../src/commands/logWriter.ts';
import { createEntryScan } from '../src/commands/scanEntries.ts';
import { createLogScan } from '../src/commands/scanLogs.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import type { SignalSink } from '../src/ports/signals.ts';
import { personalDataInBody } from '../src/queries/personalDataInBody.ts';
import { auditEvent, collectingSink, newSigner } from './support.ts';

/** One value of each kind. */
const planted = {
  email: 'jane.doe@example.com',
  phone: '+49 151 234-567-89',
  'payment-card': '4111 1111 1111 1111',
  iban: 'DE89 3704 0044 0532 0130 00',
  address: '203.0.113.77',
  jwt: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl',
  credential: `Bearer ${'aB3-'.repeat(5)}`,
  'api-key': apiKeyTextOf('aB3z'.repeat(11).slice(1)),
  secret: 'password=hunter2',
  'private-key': '-----BEGIN PRIVATE KEY----- MIIE',
};

describe('the scan of entries for unmasked personal data (AUD-6, AUD-4)', () => {
  let database: TestDatabase;
  let writer: LogWriter;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    writer = createLogWriter({
      store: createPostgresLogStore(database.pool),
      signer: newSigner(),
      clock: systemClock,
    });
    await writer.start();
  });
  after(() => database.close());

  function startScan(sink?: SignalSink) {
    const collected = collectingSink();
    const scan = createEntryScan({
      bodies: createPostgresScannedBodies(database.pool),
      signals: sink ?? collected.sink,
      runAlone: createRunAlone(database.pool, jobLocks.entryScan),
    });
    return { raised: collected.raised, scan };
  }
  const append = (...events: readonly ReturnType<typeof auditEvent>[]) => writer.append(events.map(encodeEntry));
  const size = async () => Number((await database.pool.query('SELECT count(*) FROM entry')).rows[0].count);

  it('finds nothing in entries as they are', async () => {
    const { raised, scan } = startScan();
    await append(...Array.from({ length: 450 }, (_, index) => auditEvent({ input: { index, list: ['a', 'b'] } })));
    await scan();
    assert.deepEqual(raised, []);
  });

  for (const [kind, value] of Object.entries(planted)) {
    it(`attack: ${kind} that was not masked; its place is told, its value never`, async () => {
      const { raised, scan } = startScan();
      const entryIndex = await size();
      await append(auditEvent({ input: { note: `said ${value} here` } }), auditEvent({}));
      await scan();
      const group = 'entry:task.create:input.note';
      assert.deepEqual(raised, [{ ruleId: 'unmasked-personal-data', group, entryIndex }]);
      await scan();
      assert.equal(raised.length, 1, 'each entry is scanned once');
    });
  }

  it('looks into lists, reasons, metadata and names of fields, and tells no name that is personal data', () => {
    const body = (changes: Parameters<typeof auditEvent>[0]) => encodeEntry(auditEvent(changes)).body;
    const fieldsOf = (changes: Parameters<typeof auditEvent>[0]) =>
      personalDataInBody(body(changes)).map(({ field, kinds }) => [field, ...kinds]);
    assert.deepEqual(fieldsOf({ input: { to: ['x', planted.email, planted.iban] } }), [['input.to', 'email', 'iban']]);
    assert.deepEqual(fieldsOf({ reason: planted.email }), [['reason', 'email']]);
    assert.deepEqual(fieldsOf({ metadata: { address: planted.address, userAgent: null } }), [
      ['metadata.address', 'address'],
    ]);
    assert.deepEqual(fieldsOf({ object: { type: 'mail', id: planted.email } }), [['object.id', 'email']]);
    assert.deepEqual(fieldsOf({ input: { [planted.email]: 1 } }), [['input.j***@example.com', 'email']]);
    assert.deepEqual(fieldsOf({ input: { card: 4_111_111_111_111_111, count: 5 } }), [['input.card', 'payment-card']]);
    assert.deepEqual(fieldsOf({ input: { salt: planted.email, sealed: planted.iban } }), [
      ['input.salt', 'email'],
      ['input.sealed', 'iban'],
    ]);
    assert.deepEqual(personalDataInBody(Buffer.from('no body')), []);
  });

  it('finds each kind whatever stands in the fields beside it', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789 +-./:@='), maxLength: 12 });
    const neighbour = fc.oneof(fc.string(), digits);
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(planted)), neighbour, neighbour, ([kind, value], above, below) => {
        const input = { above, note: value, below };
        const found = personalDataInBody(Buffer.from(JSON.stringify({ event: { action: 'task.create', input } })));
        return found.some(({ field, kinds }) => field === 'input.note' && kinds.some((one) => one === kind));
      }),
      { numRuns: 2_000 },
    );
  });

  it('raises one signal for a place however many entries it is in, so that nothing else is drowned', async () => {
    const { raised, scan } = startScan();
    await append(...Array.from({ length: 150 }, () => auditEvent({ input: { note: planted.email } })));
    await scan();
    assert.equal(raised.length <= 2, true);
  });

  it('finds again what could not be raised, rather than never', async () => {
    await append(auditEvent({ input: { other: planted.email } }));
    await assert.rejects(startScan({ raise: () => Promise.reject(new Error('the database is away')) }).scan());
    const { raised, scan } = startScan();
    await scan();
    assert.deepEqual(
      raised.map(({ group }) => group),
      ['entry:task.create:input.other'],
    );
  });
});

describe('the scan of log files for unmasked personal data (AUD-6)', () => {
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
  });
  after(() => database.close());
  beforeEach(async () => {
    await database.ownerPool.query('DELETE FROM log_scan');
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-logs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);
  let lines = 0;
  /** A line of a log; no two are alike. */
  function line(text: string): string {
    lines += 1;
    return `{"time":"2026-11-26T12:00:00.${String(lines).padStart(6, '0')}Z","msg":"${text}"}\n`;
  }

  function startScan() {
    const { raised, sink } = collectingSink();
    const logged: string[] = [];
    const scan = createLogScan({
      files: createServiceLogFiles(folder),
      positions: createPostgresLogPositions(database.pool),
      signals: sink,
      logger: createLogger({
        appId: 'audit',
        level: 'trace',
        destination: { write: (text) => void logged.push(text) },
      }),
      runAlone: createRunAlone(database.pool, jobLocks.logScan),
    });
    return { scan, logged, groups: () => raised.splice(0).map(({ group }) => group) };
  }

  it('attack: each kind in a line of a log; file and kind are told, the value never', async () => {
    const { scan, groups, logged } = startScan();
    await writeFile(file('task.log'), line('fine'));
    for (const [kind, value] of Object.entries(planted)) {
      await appendFile(file('task.log'), line('fine') + line(`said ${value} here`) + line('fine'));
      await scan();
      assert.deepEqual(groups(), [`log:task.log:${kind}`]);
    }
    assert.deepEqual(logged, []);
  });

  it('reads each line once, also after a restart, and a line that is not complete when it is', async () => {
    const { scan, groups } = startScan();
    await writeFile(file('task.log'), line(planted.email));
    await scan();
    assert.equal(groups().length, 1);
    const again = startScan();
    await again.scan();
    assert.deepEqual(again.groups(), []);
    const late = line(planted.phone);
    await appendFile(file('task.log'), late.slice(0, 60));
    await again.scan();
    assert.deepEqual(again.groups(), []);
    await appendFile(file('task.log'), late.slice(60));
    await again.scan();
    assert.deepEqual(again.groups(), ['log:task.log:phone']);
  });

  const fill = () => Array.from({ length: 20 }, () => line('fine')).join('');

  it('misses and repeats nothing when a log is rotated by copying and emptying it', async () => {
    const { scan, groups } = startScan();
    await writeFile(file('task.log'), fill() + line(planted.email));
    await scan();
    assert.deepEqual(groups(), ['log:task.log:email']);
    await appendFile(file('task.log'), line(planted.phone));
    await copyFile(file('task.log'), file('task.log.1'));
    await truncate(file('task.log'));
    await appendFile(file('task.log'), line(planted.iban));
    await scan();
    assert.deepEqual(groups(), ['log:task.log:iban', 'log:task.log.1:phone']);
    // And once more, over the older piece.
    await appendFile(file('task.log'), fill() + line(planted.address));
    await copyFile(file('task.log'), file('task.log.1'));
    await truncate(file('task.log'));
    await scan();
    assert.deepEqual(groups(), ['log:task.log.1:address']);
    await scan();
    assert.deepEqual(groups(), []);
  });

  it('misses and repeats nothing when a log is rotated by renaming it', async () => {
    const { scan, groups } = startScan();
    await writeFile(file('task.log'), fill() + line(planted.email));
    await scan();
    groups();
    await appendFile(file('task.log'), line(planted.phone));
    await rename(file('task.log'), file('task.log.1'));
    await writeFile(file('task.log'), line(planted.iban));
    await scan();
    assert.deepEqual(groups(), ['log:task.log:iban', 'log:task.log.1:phone']);
  });

  it('reads long lines, and goes over a large file in bounded pieces', async () => {
    const { scan, groups } = startScan();
    await writeFile(file('task.log'), `${'x'.repeat(300_000)}\n${line(planted.email)}`);
    await scan();
    assert.deepEqual(groups(), ['log:task.log:email']);
  });

  it('follows no links, looks into folders, and tells no name of a file that is personal data', async () => {
    const { scan, groups } = startScan();
    const elsewhere = await mkdtemp(join(tmpdir(), 'todo-chatbot-elsewhere-'));
    await writeFile(join(elsewhere, 'secret.txt'), line(planted.email));
    await symlink(join(elsewhere, 'secret.txt'), file('link.log'));
    await mkdir(file('deep'));
    await writeFile(join(file('deep'), `${planted.email}.log`), line(planted.phone));
    await scan();
    assert.deepEqual(groups(), ['log:deep/j***@example.com.log:phone']);
    await rm(elsewhere, { recursive: true });
  });

  it('goes on with the others when one file cannot be scanned', async () => {
    const { raised, sink } = collectingSink();
    const files = createServiceLogFiles(folder);
    await writeFile(file('a.log'), line(planted.email));
    await writeFile(file('b.log'), line(planted.email));
    const scan = createLogScan({
      files: {
        ...files,
        readNewLines: (options) =>
          options.name === 'a.log' ? Promise.reject(new Error('permission denied')) : files.readNewLines(options),
      },
      positions: createPostgresLogPositions(database.pool),
      signals: sink,
      logger: createLogger({ appId: 'audit', level: 'silent' }),
      runAlone: createRunAlone(database.pool, jobLocks.logScan),
    });
    await scan();
    assert.deepEqual(
      raised.map(({ group }) => group),
      ['log:b.log:email'],
    );
  });
});
