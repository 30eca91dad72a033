import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import { NoteError } from '@todo-chatbot/transparency-log';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import {
  createLogWriter,
  LogDamagedError,
  LogWriterBusyError,
  maxEntriesPerTransaction,
  maxQueuedEntries,
} from '../src/commands/logWriter.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import type { LogStore } from '../src/ports/logStore.ts';
import { disableTriggers, logTables } from './owner.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';

describe('the log writer (AUD-3)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    await newWriter().start();
  });
  after(() => database.close());

  const newWriter = (store: LogStore = createPostgresLogStore(database.pool)) =>
    createLogWriter({ store, signer, clock: systemClock });
  const newEntries = (count: number) => Array.from({ length: count }, () => encodeEntry(auditEvent({})));
  const indexesOf = async (eventIds: readonly string[]) => {
    const { rows } = await database.pool.query(
      'SELECT index::int FROM entry WHERE event_id = ANY($1) ORDER BY array_position($1, event_id)',
      [eventIds],
    );
    return rows.map(({ index }) => Number(index));
  };
  const sizeOf = async () => Number((await database.pool.query('SELECT count(*) AS size FROM entry')).rows[0].size);
  const assertSound = async () => {
    const verdict = await verifyDatabase(database.pool, signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(verdict.size, await sizeOf());
  };

  it('appends in the order given, without gaps, with a checkpoint over all of it', async () => {
    const writer = newWriter();
    const entries = newEntries(5);
    const from = await sizeOf();
    assert.deepEqual(await writer.append(entries), Array(5).fill('appended'));
    assert.deepEqual(
      await indexesOf(entries.map(({ eventId }) => eventId)),
      [0, 1, 2, 3, 4].map((n) => from + n),
    );
    await assertSound();
  });

  it('takes an event once, however often and in whatever company it comes (KAFKA-4)', async () => {
    const writer = newWriter();
    const [first, second, third] = newEntries(3);
    assert.ok(first && second && third);
    const size = await sizeOf();
    assert.deepEqual(await writer.append([first, first, second]), ['appended', 'repeated', 'appended']);
    assert.deepEqual(await writer.append([second, third, first]), ['repeated', 'appended', 'repeated']);
    assert.deepEqual(await newWriter().append([first, second, third]), Array(3).fill('repeated'));
    assert.equal(await sizeOf(), size + 3);
    await assertSound();
  });

  it('keeps the first of two different events under one id, and tells of the second', async () => {
    const writer = newWriter();
    const event = auditEvent({ action: 'task.create' });
    const forged = auditEvent({ id: event.id, action: 'task.delete' });
    await writer.append([encodeEntry(event)]);
    assert.deepEqual(await writer.append([encodeEntry(forged)]), ['conflicting']);
    await assertSound();
  });

  it('leaves no gap and no double when two writers race with overlapping events', async () => {
    const writers = [newWriter(), newWriter()];
    const entries = newEntries(200);
    const size = await sizeOf();
    const outcomes = await Promise.all(
      writers.map(async (writer) => {
        const appended: string[] = [];
        for (let from = 0; from < entries.length; from += 10) {
          const batch = entries.slice(from, from + 10);
          const result = await writer.append(batch);
          appended.push(...batch.filter((_, place) => result[place] === 'appended').map(({ eventId }) => eventId));
        }
        return appended;
      }),
    );
    assert.equal(outcomes.flat().length, entries.length);
    assert.equal(new Set(outcomes.flat()).size, entries.length);
    assert.equal(await sizeOf(), size + entries.length);
    await assertSound();
  });

  it('lets callers that wait together share a transaction', async () => {
    const writer = newWriter();
    const entries = newEntries(100);
    const checkpoints = async () =>
      Number((await database.pool.query('SELECT count(*) AS count FROM checkpoint')).rows[0].count);
    const before = await checkpoints();
    await Promise.all(entries.map((entry) => writer.append([entry])));
    assert.ok((await checkpoints()) - before <= 3, 'far fewer transactions than callers');
    await assertSound();
  });

  it('appends once when the answer to a commit is lost and the caller tries again', async () => {
    const real = createPostgresLogStore(database.pool);
    let isCut = true;
    const writer = newWriter({
      async asOnlyWriter(work) {
        const result = await real.asOnlyWriter(work);
        if (isCut) throw new Error('the connection broke after the commit');
        return result;
      },
    });
    const entries = newEntries(3);
    const size = await sizeOf();
    await assert.rejects(writer.append(entries), /broke after the commit/);
    isCut = false;
    assert.deepEqual(await writer.append(entries), Array(3).fill('repeated'));
    assert.deepEqual(await writer.append(newEntries(1)), ['appended']);
    assert.equal(await sizeOf(), size + 4);
    await assertSound();
  });

  it('adds nothing at all when the transaction fails half way, and goes on after it', async () => {
    const real = createPostgresLogStore(database.pool);
    let isBroken = true;
    const writer = newWriter({
      asOnlyWriter: (work) =>
        real.asOnlyWriter(async (transaction) => {
          const result = await work(transaction);
          if (isBroken) throw new Error('power cut');
          return result;
        }),
    });
    const entries = newEntries(3);
    const size = await sizeOf();
    await assert.rejects(writer.append(entries), /power cut/);
    assert.equal(await sizeOf(), size);
    isBroken = false;
    assert.deepEqual(await writer.append(entries), Array(3).fill('appended'));
    await assertSound();
  });

  it('refuses to start on, and to append to, a log that another key has signed', async () => {
    const size = await sizeOf();
    const stranger = createLogWriter({
      store: createPostgresLogStore(database.pool),
      signer: newSigner(),
      clock: systemClock,
    });
    await assert.rejects(stranger.start(), NoteError);
    await assert.rejects(stranger.append(newEntries(1)), NoteError);
    assert.equal(await sizeOf(), size);
  });

  it('bounds what waits, and tells callers to come back', async () => {
    const never = newWriter({ asOnlyWriter: () => new Promise(() => undefined) });
    const batch = newEntries(1).flatMap((entry) => Array(maxEntriesPerTransaction).fill(entry));
    for (let waiting = 0; waiting <= maxQueuedEntries; waiting += maxEntriesPerTransaction) {
      // The first batch is under way and waits no longer.
      never.append(batch).catch(() => undefined);
    }
    await assert.rejects(never.append(batch), LogWriterBusyError);
  });

  it('finishes what it accepted when it closes, and takes nothing after that', async () => {
    const writer = newWriter();
    const accepted = writer.append(newEntries(2));
    await writer.close();
    assert.deepEqual(await accepted, ['appended', 'appended']);
    await assert.rejects(writer.append(newEntries(1)), LogWriterBusyError);
  });
});

describe("the log's database rights (AUD-3, DATA-4)", () => {
  let database: TestDatabase;
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    const writer = createLogWriter({
      store: createPostgresLogStore(database.pool),
      signer,
      clock: systemClock,
    });
    await writer.start();
    await writer.append([encodeEntry(auditEvent({})), encodeEntry(auditEvent({}))]);
  });
  after(() => database.close());

  const statements = ['entry', 'body', 'tile', 'checkpoint'].flatMap((table) => {
    const column = { entry: 'leaf', body: 'body', tile: 'hashes', checkpoint: 'note' }[table];
    return [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`];
  });
  for (const statement of statements) {
    it(`attack: ${statement} is refused to the service's role and, by trigger, to the owner`, async () => {
      await assert.rejects(database.pool.query(statement), { code: '42501', message: /permission denied/ });
      await assert.rejects(database.ownerPool.query(statement), { code: '42501', message: /only grows/ });
    });
  }

  it('attack: no setting of a session switches the triggers off', async () => {
    const { rows } = await database.ownerPool.query(
      `SELECT tgrelid::regclass::text AS "table", tgname AS name, tgenabled AS enabled FROM pg_trigger
       WHERE tgrelid = ANY($1::regclass[]) AND NOT tgisinternal ORDER BY 1, 2`,
      [logTables],
    );
    assert.deepEqual(
      rows,
      [
        ['body', 'body_only_grows'],
        ['body', 'body_removal_accounted'],
        ['checkpoint', 'checkpoint_only_grows'],
        ['entry', 'entry_only_grows'],
        ['removed_body', 'removed_body_only_grows'],
        ['tile', 'tile_only_grows'],
      ].map(([table, name]) => ({ table, name, enabled: 'A' })),
    );
  });

  it('attack: the role cannot switch the triggers off, drop the tables or become the owner', async () => {
    for (const statement of [
      'ALTER TABLE entry DISABLE TRIGGER ALL',
      'DROP TABLE entry',
      'DROP FUNCTION refuse_change() CASCADE',
      'SET ROLE audit_owner',
      "SET session_replication_role = 'replica'",
      'CREATE TABLE smuggled (x int)',
    ]) {
      await assert.rejects(database.pool.query(statement), { code: '42501' }, statement);
    }
  });

  it('attack: a writer appends nothing to a tree that contradicts its own newest checkpoint', async () => {
    const owner = await database.ownerPool.connect();
    try {
      await owner.query('ALTER TABLE entry DISABLE TRIGGER USER');
      await owner.query(
        'UPDATE entry SET leaf_hash = set_bit(leaf_hash, 0, 1 - get_bit(leaf_hash, 0)) WHERE index = 0',
      );
      const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
      await assert.rejects(writer.start(), LogDamagedError);
      await assert.rejects(writer.append([encodeEntry(auditEvent({}))]), LogDamagedError);
      const { rows } = await owner.query('SELECT count(*)::int AS size FROM entry');
      assert.equal(rows[0].size, 2);
    } finally {
      owner.release();
    }
  });

  it('attack: an entry longer than a bundle can carry is refused by the table itself', async () => {
    await assert.rejects(
      database.pool.query('INSERT INTO entry (index, event_id, leaf, leaf_hash) VALUES (99, $1, $2, $3)', [
        'x',
        Buffer.alloc(65_536),
        Buffer.alloc(32),
      ]),
      { code: '23514' },
    );
  });
});

describe('a log whose owner takes away what is written, while it is written (AUD-3)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  const newWriter = () => createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
  const asOwner = async (statements: string) => {
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      await disableTriggers(client);
      await client.query(statements);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    await newWriter().start();
  });
  after(() => database.close());

  it('attack: triggers that leave out all of a batch in silence are an error, and the batch is not acknowledged', async () => {
    const writer = newWriter();
    const entry = encodeEntry(auditEvent({}));
    const tables = ['entry', 'body', 'tile', 'checkpoint'];
    await asOwner("CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
    for (const lost of [tables, ['entry'], ['body'], ['checkpoint']]) {
      const each = (statement: (table: string) => string) => asOwner(lost.map(statement).join(';'));
      await each((table) => `CREATE TRIGGER lose BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION lose()`);
      await assert.rejects(writer.append([entry]), /did not take all/);
      await each((table) => `DROP TRIGGER lose ON ${table}`);
    }
    assert.deepEqual(await writer.append([entry]), ['appended']);
    assert.ok((await verifyDatabase(database.pool, signer)).ok);
  });

  it('attack: a writer that runs makes no second history out of an old backup, however often it is asked', async () => {
    const writer = newWriter();
    await writer.append([encodeEntry(auditEvent({}))]);
    const { rows } = await database.pool.query('SELECT max(index)::int AS index FROM entry');
    const { index } = rows[0];
    await asOwner(`DELETE FROM entry WHERE index = ${index}; DELETE FROM body WHERE index = ${index};
                   DELETE FROM checkpoint WHERE tree_size > ${index}`);
    assert.ok((await verifyDatabase(database.pool, signer)).ok, 'by itself the log looks sound');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await assert.rejects(writer.append([encodeEntry(auditEvent({}))]), LogDamagedError);
    }
  });
});
