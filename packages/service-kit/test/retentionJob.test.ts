import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type CloudEvent, retentionClasses } from '@todo-chatbot/contracts';
import {
  auditEntries,
  createTestClock,
  createTestRetention,
  startTestDatabase,
  type TestDatabase,
} from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { createLogger, createRetentionJob, type ExpiringRows, expiringTables } from '../src/index.ts';

const dayMs = 86_400_000;

/** The job over tables of its own in a database of some service. */
describe('The retention job (PRIV-5)', () => {
  let database: TestDatabase;
  let clock: ReturnType<typeof createTestClock>;
  let periods: ReturnType<typeof createTestRetention>;
  const logger = createLogger({ appId: 'booking', level: 'silent' });

  before(async () => {
    database = await startTestDatabase({ service: 'booking' });
    await database.ownerPool.query(`
      CREATE TABLE notes (id text PRIMARY KEY, written_at timestamptz(3) NOT NULL);
      CREATE TABLE pages (id text PRIMARY KEY, note_id text REFERENCES notes (id), written_at timestamptz(3) NOT NULL);
      GRANT SELECT, INSERT, DELETE ON notes, pages TO booking`);
  });
  after(() => database.close());
  beforeEach(async () => {
    clock = createTestClock('2026-11-23T07:00:00.000Z');
    periods = createTestRetention();
    await database.ownerPool.query('TRUNCATE notes, pages, retention_runs, outbox');
  });

  const expiringPages = (pool: pg.Pool) =>
    expiringTables(pool, [
      { retentionClass: 'booking', table: 'pages', key: ['id'], age: 'written_at', condition: 'written_at < $1' },
      {
        retentionClass: 'booking',
        table: 'notes',
        key: ['id'],
        age: 'written_at',
        condition:
          'written_at < $1 AND NOT EXISTS (SELECT FROM pages WHERE note_id = notes.id AND pages.written_at >= $1)',
      },
    ]);
  const tables = () => expiringPages(database.pool);
  const newJob = (
    expiring: readonly ExpiringRows[] = tables(),
    changes: Partial<Pick<Parameters<typeof createRetentionJob>[0], 'limits' | 'pool'>> = {},
  ) =>
    createRetentionJob({
      service: 'booking',
      pool: database.pool,
      dapr: {
        invoke: async ({ path, responseSchema }) => ({
          status: 200,
          body: responseSchema.parse(periods.answers(path)[path]),
          headers: new Headers(),
        }),
      },
      clock,
      logger,
      expiring,
      ...changes,
    });

  const ago = (days: number, ms = 0) => new Date(clock.now().getTime() - days * dayMs - ms);
  /** Notes with two pages each. */
  async function write(count: number, at: Date): Promise<void> {
    await database.ownerPool.query(
      `WITH note AS (INSERT INTO notes SELECT gen_random_uuid(), $2 FROM generate_series(1, $1) RETURNING id)
       INSERT INTO pages SELECT gen_random_uuid(), id, $2 FROM note, generate_series(1, 2)`,
      [count, at],
    );
  }
  async function left(): Promise<{ notes: number; pages: number }> {
    const { rows } = await database.ownerPool.query(
      'SELECT (SELECT count(*)::int FROM notes) AS notes, (SELECT count(*)::int FROM pages) AS pages',
    );
    return z.tuple([z.object({ notes: z.number(), pages: z.number() })]).parse(rows)[0];
  }
  async function entries() {
    const { rows } = await database.ownerPool.query('SELECT event FROM outbox ORDER BY seq');
    return auditEntries(rows.map(({ event }): CloudEvent => event));
  }
  const inputs = async () => (await entries()).map(({ input }) => input);
  const outcomes = async () => (await newJob().runs()).map(({ outcome, deleted }) => ({ outcome, deleted }));

  it('deletes what is older than the period, keeps what is exactly as old, and accounts for it', async () => {
    await write(3, ago(365, 1));
    await write(2, ago(365));
    await write(1, ago(364));
    await newJob().run();
    assert.deepEqual(await left(), { notes: 3, pages: 6 });
    const [entry, ...more] = await entries();
    assert.deepEqual(more, []);
    assert.equal(entry?.action, 'retention.run');
    assert.equal(entry?.retentionClass, 'administration');
    assert.deepEqual(entry?.actor, { type: 'service', id: 'booking' });
    assert.deepEqual(entry?.input, {
      class: 'booking',
      days: 365,
      before: ago(365).toISOString(),
      outcome: 'done',
      'deleted.pages': 6,
      'deleted.notes': 3,
    });
  });

  it('a preview deletes nothing and tells exactly what the run then deletes', async () => {
    await write(7, ago(400));
    await write(2, ago(10));
    const told = await newJob().due('booking', 365);
    assert.deepEqual(await left(), { notes: 9, pages: 18 });
    assert.deepEqual(await entries(), []);
    assert.deepEqual(told, [
      { what: 'pages', count: 14, isMore: false, oldestAt: ago(400).toISOString() },
      { what: 'notes', count: 7, isMore: false, oldestAt: ago(400).toISOString() },
    ]);
    await newJob().run();
    const deleted = told.map(({ what, count }) => ({ what, count }));
    const [run] = await outcomes();
    assert.deepEqual(new Set(run?.deleted), new Set(deleted));
  });

  it('attack: auth does not answer, so that nobody knows the periods: nothing is deleted, until it does (PRIN-6)', async () => {
    await write(1, ago(4000));
    periods.down(true);
    await assert.rejects(newJob().run(), { code: 'upstream.unavailable' });
    assert.deepEqual(await left(), { notes: 1, pages: 2 });
    assert.deepEqual(await outcomes(), []);
    periods.down(false);
    await newJob().run();
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
  });

  it('a change of an editor takes effect at the next run', async () => {
    await write(1, ago(60));
    await newJob().run();
    assert.equal((await left()).notes, 1);
    periods.change('booking', 30);
    await newJob().run();
    assert.equal((await left()).notes, 0);
  });

  it('works off 10,000 rows in batches of 500 at most, never more in one transaction', async () => {
    await write(5_000, ago(400));
    const sizes: number[] = [];
    const watched = tables().map((rows) => ({
      ...rows,
      removeOldest: async (options: Parameters<ExpiringRows['removeOldest']>[0]) => {
        const removed = await rows.removeOldest(options);
        sizes.push(removed);
        return removed;
      },
    }));
    await newJob(watched).run();
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
    assert.equal(Math.max(...sizes), 500);
    assert.deepEqual(await inputs(), [
      {
        class: 'booking',
        days: 365,
        before: ago(365).toISOString(),
        outcome: 'done',
        'deleted.pages': 10_000,
        'deleted.notes': 5_000,
      },
    ]);
  });

  it('stops at its bound and goes on at the next run, each with its entry', async () => {
    await write(10, ago(400));
    const limits = { rowsPerBatch: 5, batchesPerClass: 3 };
    await newJob(tables(), { limits }).run();
    assert.deepEqual(await left(), { notes: 10, pages: 5 });
    await newJob(tables(), { limits }).run();
    assert.deepEqual(await left(), { notes: 5, pages: 0 });
    await newJob(tables(), { limits }).run();
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
    assert.deepEqual(
      (await entries()).map(({ input }) => [input.outcome, input['deleted.pages'] ?? 0, input['deleted.notes'] ?? 0]),
      [
        ['to-be-continued', 15, 0],
        ['to-be-continued', 5, 5],
        ['done', 0, 5],
      ],
    );
  });

  it('of two replicas at once one works, and the other one answers at once', async () => {
    await write(1, ago(400));
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const [pages, ...others] = tables();
    assert.ok(pages);
    const slow: ExpiringRows = {
      ...pages,
      async removeOldest(options) {
        reached.resolve();
        await held.promise;
        return pages.removeOldest(options);
      },
    };
    const first = newJob([slow, ...others]).run();
    await reached.promise;
    await newJob().run();
    assert.deepEqual(await left(), { notes: 1, pages: 2 }, 'the second one has done nothing');
    held.resolve();
    await first;
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
    assert.equal((await entries()).length, 1);
  });

  it('a process that dies in the middle has deleted nothing without a trace: the next run accounts for it and goes on', async () => {
    await write(10, ago(400));
    const ownPool = new pg.Pool({ ...database.connection, max: 3 });
    const [pages] = expiringPages(ownPool);
    assert.ok(pages);
    let batches = 0;
    let ended: Promise<void> | undefined;
    const dying: ExpiringRows = {
      ...pages,
      removeOldest: (options) => {
        batches += 1;
        // From its second batch on, the process has no database any more: it can neither delete nor say what it did.
        if (batches === 2) ended = ownPool.end();
        return pages.removeOldest(options);
      },
    };
    await newJob([dying], { limits: { rowsPerBatch: 5, batchesPerClass: 9 }, pool: ownPool }).run();
    await ended;
    assert.deepEqual(await left(), { notes: 10, pages: 15 });
    assert.deepEqual(await entries(), [], 'the run had no time for its entry');
    await newJob().run();
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
    assert.deepEqual(
      (await entries()).map(({ success, reason, input }) => [success, reason, input.outcome, input['deleted.pages']]),
      [
        [false, 'interrupted', 'interrupted', 5],
        [true, null, 'done', 15],
      ],
    );
  });

  it('a batch that fails takes nothing back and nothing with it: the run says how far it came, and the next one goes on', async () => {
    await write(10, ago(400));
    const [pages, ...others] = tables();
    assert.ok(pages);
    let batches = 0;
    const failing: ExpiringRows = {
      ...pages,
      removeOldest: ({ note, ...options }) =>
        pages.removeOldest({
          ...options,
          note: async (tx, removed) => {
            batches += 1;
            await note(tx, removed);
            if (batches === 2) throw new Error('the disk is full');
          },
        }),
    };
    await newJob([failing, ...others], { limits: { rowsPerBatch: 5, batchesPerClass: 9 } }).run();
    assert.deepEqual(await left(), { notes: 10, pages: 15 }, 'the second batch was rolled back');
    await newJob().run();
    assert.deepEqual(await left(), { notes: 0, pages: 0 });
    assert.deepEqual(
      (await entries()).map(({ success, reason, input }) => [success, reason, input.outcome, input['deleted.pages']]),
      [
        [false, 'internal.error', 'failed', 5],
        [true, null, 'done', 15],
      ],
    );
  });

  it('attack: a replica that lost its lock deletes nothing more once another one has closed its run', async () => {
    await write(10, ago(400));
    const [pages] = tables();
    assert.ok(pages);
    let batches = 0;
    const overtaken: ExpiringRows = {
      ...pages,
      async removeOldest(options) {
        batches += 1;
        if (batches === 2) {
          await database.ownerPool.query("UPDATE retention_runs SET outcome = 'interrupted', finished_at = now()");
        }
        return pages.removeOldest(options);
      },
    };
    await newJob([overtaken], { limits: { rowsPerBatch: 5, batchesPerClass: 9 } }).run();
    assert.deepEqual(await left(), { notes: 10, pages: 15 });
  });

  it('records that nothing was due once a day, and every run that deletes', async () => {
    await newJob().run();
    for (let hour = 1; hour < 24; hour += 1) {
      clock.advance(dayMs / 24);
      await newJob().run();
    }
    assert.equal((await entries()).length, 1);
    await write(1, ago(400));
    await newJob().run();
    assert.equal((await entries()).length, 2);
    clock.advance(dayMs);
    await newJob().run();
    assert.equal((await entries()).length, 3);
  });

  it('forgets what it wrote down of runs after a year', async () => {
    await newJob().run();
    clock.advance(366 * dayMs);
    await newJob().run();
    assert.equal((await outcomes()).length, 1);
  });

  it('ends after its batch when the service closes', async () => {
    await write(10, ago(400));
    const [pages] = tables();
    assert.ok(pages);
    const closing: { job?: ReturnType<typeof newJob> } = {};
    let closed: Promise<void> | undefined;
    const rows: ExpiringRows = {
      ...pages,
      removeOldest(options) {
        closed = closing.job?.close();
        return pages.removeOldest(options);
      },
    };
    closing.job = newJob([rows], { limits: { rowsPerBatch: 5, batchesPerClass: 9 } });
    await closing.job.run();
    await closed;
    assert.equal((await left()).pages, 15);
    assert.deepEqual((await outcomes())[0]?.outcome, 'to-be-continued');
  });

  describe('a day has 24 hours, whatever clocks on walls do', () => {
    /** Local midnight in three zones, on days when clocks there change, and on a leap day, as moments. */
    const moments = [
      ['Berlin, the night of winter time', '2026-10-25T00:00:00+02:00'],
      ['Berlin, the night of summer time', '2026-03-29T00:00:00+01:00'],
      ['Kiritimati, the first zone', '2026-11-01T00:00:00+14:00'],
      ['Pago Pago, the last zone', '2026-11-01T00:00:00-11:00'],
      ['a leap day', '2028-02-29T00:00:00Z'],
      ['the day after a leap day', '2028-03-01T00:00:00+01:00'],
    ] as const;
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/New_York']) {
      for (const [name, moment] of moments) {
        it(`${name}, on a server in ${zone}: the day before, to the millisecond, and the day after`, async () => {
          await database.ownerPool.query(`ALTER DATABASE ${database.connection.database} SET TimeZone = '${zone}'`);
          const writtenAt = new Date(moment);
          await write(1, writtenAt);
          const days = retentionClasses.booking;
          for (const [hours, ms, isLeft] of [
            [-24, 0, 1],
            [0, 0, 1],
            [0, 1, 0],
            [24, 0, 0],
          ] as const) {
            const at = writtenAt.getTime() + days * dayMs + hours * 3_600_000 + ms;
            clock = createTestClock(new Date(at).toISOString());
            await newJob().run();
            assert.equal((await left()).notes, isLeft, `${hours} h ${ms} ms after its period`);
          }
        });
      }
    }
  });
});
