import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { newId, type RetentionClass } from '@todo-chatbot/contracts';
import {
  createTestDataKeys,
  createTestRetention,
  startTestDatabase,
  type TestDatabase,
} from '@todo-chatbot/local-platform/testing';
import { type Clock, createLogger, systemClock } from '@todo-chatbot/service-kit';
import { openCheckpoint, verifyInclusion } from '@todo-chatbot/transparency-log';
import type { PoolClient } from 'pg';
import { createPostgresLogReader } from '../src/adapters/postgresLogReader.ts';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { createPostgresTrailReader } from '../src/adapters/postgresTrailReader.ts';
import { buildRetention } from '../src/buildRetention.ts';
import { createLogWriter, LogDamagedError } from '../src/commands/logWriter.ts';
import { createRemoveExpiredBodies } from '../src/commands/removeExpiredBodies.ts';
import { createRemovalDigest, removalEventData } from '../src/domain/bodyRemoval.ts';
import { decodeBody, type EncodedEntry, encodeEntry } from '../src/domain/entry.ts';
import { verifyLog } from '../src/domain/verifyLog.ts';
import type { LogStore } from '../src/ports/logStore.ts';
import { createOpenEntries } from '../src/queries/openEntries.ts';
import { createOpenSealed } from '../src/queries/openSealed.ts';
import { proveInclusion } from '../src/queries/proveInclusion.ts';
import { searchTrail } from '../src/queries/searchTrail.ts';
import { cutTail, disableTriggers, rebuildTiles, replaceEntry, signAll } from './owner.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';

const dayMs = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const logger = createLogger({ appId: 'audit', level: 'fatal' });

/** The triggers of the log, by table. */
const alwaysOn = {
  entry: ['entry_only_grows'],
  body: ['body_only_grows', 'body_removal_accounted'],
  removed_body: ['removed_body_only_grows'],
  tile: ['tile_only_grows'],
  checkpoint: ['checkpoint_only_grows'],
};

describe('retention of bodies (AUD-5, PRIV-5)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    await newWriter().start();
  });
  after(() => database.close());

  const newWriter = (store: LogStore = createPostgresLogStore(database.pool)) =>
    createLogWriter({ store, signer, clock: systemClock });
  const remover = (writer = newWriter(), clock: Clock = systemClock) => createRemoveExpiredBodies({ writer, clock });
  const reader = () => createPostgresLogReader(database.pool);

  const entryOf = (retentionClass: RetentionClass, days: number, data: Parameters<typeof auditEvent>[0] = {}) =>
    encodeEntry({ ...auditEvent({ ...data, retentionClass }), time: daysAgo(days).toISOString() });

  /** What waiting would do: the clock of the database cannot be set. */
  async function age(days: number, where = 'TRUE'): Promise<void> {
    await asOwner((client) =>
      client.query(`UPDATE body SET stored_at = stored_at - make_interval(days => $1) WHERE ${where}`, [days]),
    );
  }

  async function asOwner(work: (client: PoolClient) => Promise<unknown>): Promise<void> {
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      await disableTriggers(client);
      await work(client);
      for (const [table, triggers] of Object.entries(alwaysOn)) {
        for (const trigger of triggers) await client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger}`);
      }
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  /** Logs entries that happened and were stored so many days ago; gives their indexes. */
  async function logOld(entries: readonly EncodedEntry[], days: number): Promise<number[]> {
    await newWriter().append(entries);
    const { rows } = await database.pool.query(
      'SELECT index::int FROM entry WHERE event_id = ANY($1) ORDER BY array_position($1, event_id)',
      [entries.map(({ eventId }) => eventId)],
    );
    const indexes = rows.map(({ index }) => Number(index));
    await age(days, `index IN (${indexes.join(', ')})`);
    return indexes;
  }

  const bodiesAt = async (indexes: readonly number[]) => {
    const { rows } = await database.pool.query('SELECT index::int FROM body WHERE index = ANY($1) ORDER BY index', [
      indexes,
    ]);
    return rows.map(({ index }) => Number(index));
  };
  const assertSound = async () => {
    const verdict = await verifyDatabase(database.pool, signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
  };
  const newestBody = async () => {
    const { rows } = await database.pool.query('SELECT body FROM body ORDER BY index DESC LIMIT 1');
    return decodeBody(rows[0].body);
  };

  const newestBodyOf = async (action: string) => {
    const { rows } = await database.pool.query(
      'SELECT body FROM body WHERE action = $1 AND success ORDER BY index DESC LIMIT 1',
      [action],
    );
    return decodeBody(rows[0].body);
  };

  it('removes what is due of one class and accounts for it in the log, which stays sound', async () => {
    const due = await logOld([entryOf('conversation', 100), entryOf('conversation', 95)], 95);
    const others = await logOld([entryOf('conversation', 80), entryOf('task-execution', 100)], 80);
    assert.equal(await remover()({ retentionClass: 'conversation', before: daysAgo(90) }), 2);
    assert.deepEqual(await bodiesAt([...due, ...others]), others);

    const { event } = await newestBody();
    assert.equal(event.action, 'audit.remove-bodies');
    assert.deepEqual([event.category, event.retentionClass], ['administration', 'administration']);
    assert.equal(event.object?.type, 'retention-run');
    const digest = createRemovalDigest();
    for (const index of due) {
      const { rows } = await database.pool.query('SELECT event_id FROM entry WHERE index = $1', [index]);
      digest.add({ index, eventId: rows[0].event_id });
    }
    const { before, ...counted } = event.input;
    assert.deepEqual(counted, { class: 'conversation', count: 2, firstIndex: due[0], digest: digest.hex() });
    assert.ok(Math.abs(Date.parse(String(before)) - daysAgo(90).getTime()) < 60_000);
    await assertSound();
    assert.equal(
      await remover()({ retentionClass: 'conversation', before: daysAgo(90) }),
      0,
      'nothing is left to remove',
    );
  });

  it('an old inclusion proof still verifies after the body is gone, and so does a new one', async () => {
    const [index = -1] = await logOld([entryOf('security', 400, { actorId: 'usr_ann' })], 400);
    const kept = await proveInclusion(reader(), { index, treeSize: undefined, actorId: null });
    assert.ok(kept.body);
    assert.equal(await remover()({ retentionClass: 'security', before: daysAgo(365) }), 1);
    const fresh = await proveInclusion(reader(), { index, treeSize: undefined, actorId: null });
    assert.equal(fresh.body, null);
    assert.equal(fresh.leaf, kept.leaf);
    for (const proof of [kept, fresh]) {
      const checkpoint = openCheckpoint(proof.checkpoint, signer);
      const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
      assert.ok(verifyInclusion({ ...checkpoint, index, leafHash: Buffer.from(proof.leafHash, 'hex'), path }));
    }
    await assert.rejects(proveInclusion(reader(), { index, treeSize: undefined, actorId: 'usr_ann' }), {
      code: 'audit.entry-not-found',
    });
    const trail = createPostgresTrailReader(database.pool);
    const search = { filter: {}, personId: 'usr_ann', order: 'newest-first', limit: 10 } as const;
    const openEntries = createOpenEntries(createOpenSealed(createTestDataKeys('audit').source));
    const { items } = await searchTrail({ trail, openEntries }, { ...search, range: await trail.rangeOf({}) });
    assert.deepEqual(items, []);
  });

  it('knows the event of a removed body again, so that a replay does not log it twice (KAFKA-4)', async () => {
    const entry = entryOf('booking', 400);
    await logOld([entry], 400);
    assert.equal(await remover()({ retentionClass: 'booking', before: daysAgo(365) }), 1);
    assert.deepEqual(await newWriter().append([entry]), ['repeated']);
    await assertSound();
  });

  describe('the job (PRIV-5)', () => {
    const periods = createTestRetention();
    const job = (clock: Clock = systemClock) =>
      buildRetention({
        pool: database.pool,
        writer: newWriter(),
        dapr: {
          invoke: async ({ path, responseSchema }) => ({
            status: 200,
            body: responseSchema.parse(periods.answers(path)[path]),
            headers: new Headers(),
          }),
        },
        clock,
        logger,
      });
    const lastRun = async (retentionClass: RetentionClass) =>
      (await job().runs()).find((run) => run.class === retentionClass && run.deleted.length > 0);

    it('removes a backlog in batches, by class as its periods say, as its preview told', async () => {
      const old = Array.from({ length: 1_500 }, () => entryOf('task-execution', 400));
      const indexes = await logOld(old, 400);
      const kept = await logOld([entryOf('administration', 4000), entryOf('security', 200)], 200);
      const [told] = await job().due('task-execution', 365);
      await job().run();
      assert.deepEqual(await bodiesAt([...indexes, ...kept]), kept);
      const { rows } = await database.pool.query(
        'SELECT count(*)::int AS count FROM removed_body WHERE index = ANY($1) GROUP BY run_id',
        [indexes],
      );
      assert.deepEqual(
        rows.map(({ count }) => count),
        [500, 500, 500],
      );
      assert.deepEqual((await lastRun('task-execution'))?.deleted, [{ what: 'entries', count: told?.count }]);
      const { event } = await newestBodyOf('retention.run');
      assert.equal(event.retentionClass, 'administration');
      await assertSound();
    });

    it('keeps what the log says for its own least period, however short that of the class is', async () => {
      periods.change('conversation', 7);
      const dueNow = async () => (await job().due('conversation', 7))[0]?.count;
      const earlier = await dueNow();
      assert.ok(earlier !== undefined);
      const [young = -1] = await logOld([entryOf('conversation', 29)], 29);
      const [old = -1] = await logOld([entryOf('conversation', 31)], 31);
      assert.equal(await dueNow(), earlier + 1);
      await job().run();
      assert.deepEqual(await bodiesAt([young, old]), [young]);
      periods.change('conversation', 90);
    });

    it('attack: a service whose clock runs ahead removes nothing that is young', async () => {
      const [young = -1] = await logOld([entryOf('security', 80)], 80);
      await job({ now: () => daysAgo(-4000) }).run();
      assert.deepEqual(await bodiesAt([young]), [young]);
      await assertSound();
    });

    it('attack: an alert goes when its time is over, and one that was made to look old does not', async () => {
      const raise = async (raisedAt: Date, lastAt: Date) => {
        const time = raisedAt.getTime().toString(16).padStart(12, '0');
        const id = `alr_${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${randomBytes(6).toString('hex')}`;
        await database.pool.query(
          `INSERT INTO alert (id, rule_id, group_key, title, severity, count, first_at, last_at, entry_indexes)
           VALUES ($1, 'token-replay', $1, 'title', 'high', 1, $2, $2, '{}')`,
          [id, lastAt],
        );
        return id;
      };
      const old = await raise(daysAgo(400), daysAgo(366));
      const still = await raise(daysAgo(400), daysAgo(364));
      const forged = await raise(daysAgo(1), daysAgo(4000));
      assert.equal((await job().due('security', 365)).find(({ what }) => what === 'alerts')?.count, 1);
      await job().run();
      const { rows } = await database.pool.query('SELECT id FROM alert WHERE id = ANY($1)', [[old, still, forged]]);
      assert.deepEqual(new Set(rows.map(({ id }) => id)), new Set([still, forged]));
      for (const call of [
        `SELECT remove_alerts('${daysAgo(89).toISOString()}', 10)`,
        "SELECT remove_alerts('infinity', 10)",
        'SELECT remove_alerts(NULL, 10)',
        `SELECT remove_alerts('${daysAgo(100).toISOString()}', 0)`,
      ]) {
        await assert.rejects(database.pool.query(call), { code: '22023' }, call);
      }
      await assert.rejects(database.pool.query('DELETE FROM alert'), { code: '42501' });
      await assert.rejects(database.pool.query('UPDATE alert SET id = id'), { code: '42501' });
    });
  });

  describe('what must not go does not go', () => {
    const call = (options: { class?: string; days?: number; before?: string; run?: string; most?: number | null }) =>
      database.pool.query('SELECT count(*)::int AS count FROM remove_bodies($1, $2, $3, $4)', [
        options.class ?? 'security',
        options.before ?? daysAgo(options.days ?? 100).toISOString(),
        options.run ?? newId('run'),
        options.most === undefined ? 10 : options.most,
      ]);

    it('attack: young bodies, bodies of the administration and unbounded runs are refused to the role itself', async () => {
      await logOld([entryOf('security', 80), entryOf('conversation', 20), entryOf('administration', 400)], 20);
      for (const options of [
        { class: 'administration', days: 4000 },
        { class: 'unknown' },
        { days: 89 },
        { class: 'booking', days: 89 },
        { class: 'task-execution', days: 89 },
        { class: 'quarantine', days: 89 },
        { class: 'conversation', days: 29 },
        { before: 'infinity' },
        { before: daysAgo(-4000).toISOString() },
        { most: 0 },
        { most: 5001 },
        { most: null },
        { run: 'run_1' },
      ]) {
        await assert.rejects(call(options), { code: '22023' }, JSON.stringify(options));
      }
      await assertSound();
    });

    it("attack: neither a producer's clock nor the service's own makes an entry old", async () => {
      const entry = entryOf('security', 4000);
      const longAgo: Clock = { now: () => daysAgo(4000) };
      const farAhead: Clock = { now: () => daysAgo(-4000) };
      await createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: longAgo }).append([entry]);
      assert.equal(await remover()({ retentionClass: 'security', before: daysAgo(365) }), 0);
      await logOld([entryOf('security', 10)], 400);
      assert.equal(await remover()({ retentionClass: 'security', before: daysAgo(365) }), 0);
      await assert.rejects(remover(newWriter(), farAhead)({ retentionClass: 'security', before: daysAgo(-3635) }), {
        code: '22023',
      });
      await assert.rejects(
        database.pool.query(
          `INSERT INTO body (index, body, time, service, category, action, success, retention_class, stored_at)
           VALUES (99999, 'x', now(), 'task', 'security', 'a.b', true, 'security', '2020-01-01')`,
        ),
        { code: '42501' },
        'the role cannot say when a body was stored',
      );
      await assertSound();
    });

    it('attack: an owner who makes a body look old does not get the service to remove it', async () => {
      const [young = -1, kept = -1] = await logOld([entryOf('security', 1), entryOf('administration', 400)], 400);
      for (const [index, columns] of [
        [young, "time = '2020-01-01'"],
        [kept, "retention_class = 'security'"],
      ] as const) {
        const [saved] = (await database.pool.query('SELECT time, retention_class FROM body WHERE index = $1', [index]))
          .rows;
        await asOwner((client) => client.query(`UPDATE body SET ${columns} WHERE index = $1`, [index]));
        await assert.rejects(remover()({ retentionClass: 'security', before: daysAgo(365) }), LogDamagedError);
        assert.deepEqual(await bodiesAt([index]), [index]);
        await asOwner((client) =>
          client.query('UPDATE body SET time = $2, retention_class = $3 WHERE index = $1', [
            index,
            saved.time,
            saved.retention_class,
          ]),
        );
      }
      await assertSound();
    });

    it('attack: an owner who exchanges a body does not get the service to remove what is left', async () => {
      const [index = -1] = await logOld([entryOf('conversation', 100)], 100);
      const { body } = entryOf('conversation', 100);
      const bodyOf = async () =>
        (await database.pool.query('SELECT body FROM body WHERE index = $1', [index])).rows[0].body;
      const original = await bodyOf();
      const put = (bytes: Buffer) =>
        asOwner((client) => client.query('UPDATE body SET body = $2 WHERE index = $1', [index, bytes]));
      await put(body);
      await assert.rejects(remover()({ retentionClass: 'conversation', before: daysAgo(90) }), LogDamagedError);
      assert.deepEqual(await bodyOf(), body);
      await put(original);
      assert.equal(await remover()({ retentionClass: 'conversation', before: daysAgo(90) }), 1);
      await assertSound();
    });

    it('attack: the role cannot remove a body without the function, nor write what accounts for it', async () => {
      for (const statement of [
        'DELETE FROM body',
        "INSERT INTO removed_body VALUES (1, 'run_x')",
        'UPDATE removed_body SET run_id = run_id',
        'DELETE FROM removed_body',
        'TRUNCATE removed_body',
        'ALTER FUNCTION remove_bodies OWNER TO audit',
        'ALTER TABLE body DISABLE TRIGGER ALL',
      ]) {
        await assert.rejects(database.pool.query(statement), { code: '42501' }, statement);
      }
    });

    it('attack: nor does the owner by accident', async () => {
      for (const statement of [
        "DELETE FROM body WHERE time < now() - interval '30 days'",
        'DELETE FROM body',
        'TRUNCATE body',
        'UPDATE body SET stored_at = stored_at',
        'UPDATE removed_body SET run_id = run_id',
        'DELETE FROM removed_body',
        'TRUNCATE removed_body',
      ]) {
        await assert.rejects(database.ownerPool.query(statement), { code: '42501', message: /only grows/ }, statement);
      }
    });

    it('attack: other roles may not call the function', async () => {
      const { rows } = await database.ownerPool.query(
        `SELECT proacl::text AS acl, prosecdef AS definer, proconfig::text AS settings FROM pg_proc
         WHERE proname = 'remove_bodies'`,
      );
      assert.match(rows[0].acl, /^\{audit_owner=X\/audit_owner,audit=X\/audit_owner\}$/);
      assert.deepEqual([rows[0].definer, rows[0].settings], [true, '{"search_path=pg_catalog, pg_temp"}']);
    });
  });

  it('a crash between the removal and the entry leaves everything as it was', async () => {
    const indexes = await logOld([entryOf('conversation', 100), entryOf('conversation', 100)], 100);
    const real = createPostgresLogStore(database.pool);
    const crashing = newWriter({
      asOnlyWriter: (work) =>
        real.asOnlyWriter((transaction) =>
          work({ ...transaction, add: () => Promise.reject(new Error('the process was killed')) }),
        ),
    });
    await assert.rejects(remover(crashing)({ retentionClass: 'conversation', before: daysAgo(90) }), /was killed/);
    assert.deepEqual(await bodiesAt(indexes), indexes);
    const { rowCount } = await database.pool.query('SELECT FROM removed_body WHERE index = ANY($1)', [indexes]);
    assert.equal(rowCount, 0);
    await assertSound();
    assert.equal(await remover()({ retentionClass: 'conversation', before: daysAgo(90) }), 2);
    await assertSound();
  });

  it('two replicas remove each body once while events come in and the verifier reads', async () => {
    const indexes = await logOld(
      Array.from({ length: 300 }, () => entryOf('conversation', 100)),
      100,
    );
    const due = { retentionClass: 'conversation', before: daysAgo(90) } as const;
    const [first, second, writer] = [remover(), remover(), newWriter()];
    const removing = Promise.all([first(due), second(due)]);
    const appending = Promise.all(Array.from({ length: 20 }, () => writer.append([encodeEntry(auditEvent({}))])));
    // Before, between and after.
    for (let round = 0; round < 5; round += 1) await assertSound();
    const [a, b] = await removing;
    await appending;
    assert.equal(a + b, indexes.length);
    await assertSound();
  });

  describe('the verifier tells an expired body from one that somebody made disappear', () => {
    let expired: number[];
    let kept: number[];
    before(async () => {
      expired = await logOld(
        Array.from({ length: 5 }, () => entryOf('conversation', 100)),
        100,
      );
      kept = await logOld(
        Array.from({ length: 5 }, () => entryOf('security', 10)),
        10,
      );
      assert.equal(await remover()({ retentionClass: 'conversation', before: daysAgo(90) }), 5);
    });

    /** What the verifier says after an attack, which is undone. */
    async function verdictAfter(attack: (client: PoolClient) => Promise<unknown>) {
      const client = await database.ownerPool.connect();
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await disableTriggers(client);
        await attack(client);
        return await verifyLog(createPostgresStoredLog(client), { verifier: signer });
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    }
    async function faultAfter(attack: (client: PoolClient) => Promise<unknown>) {
      const verdict = await verdictAfter(attack);
      assert.ok(!verdict.ok, 'the attack is found');
      return { kind: verdict.fault.kind, index: verdict.fault.index };
    }
    const lastRun = async (): Promise<{ runId: string; index: number }> => {
      const { rows } = await database.pool.query(
        `SELECT object_id, index::int FROM body WHERE action = 'audit.remove-bodies' ORDER BY index DESC LIMIT 1`,
      );
      return { runId: rows[0].object_id, index: Number(rows[0].index) };
    };

    it('attack: the owner deletes a body quietly', async () => {
      const index = kept[2] ?? -1;
      assert.deepEqual(await faultAfter((client) => client.query('DELETE FROM body WHERE index = $1', [index])), {
        kind: 'body-missing',
        index,
      });
    });

    it('attack: the owner deletes a body and says that a run did, one that never was or one that was', async () => {
      const index = kept[2] ?? -1;
      const forge = (runId: string) => async (client: PoolClient) => {
        await client.query('DELETE FROM body WHERE index = $1', [index]);
        await client.query('INSERT INTO removed_body VALUES ($1, $2)', [index, runId]);
      };
      assert.deepEqual(await faultAfter(forge(newId('run'))), { kind: 'body-missing', index });
      const { runId } = await lastRun();
      assert.deepEqual(await faultAfter(forge(runId)), { kind: 'removal-mismatch', index: expired[0] });
    });

    it('attack: the service itself removes bodies by the function and keeps quiet about it', async () => {
      const [index = -1] = await logOld([entryOf('booking', 100)], 100);
      const runId = newId('run');
      const call = (client: PoolClient) =>
        client.query('SELECT FROM remove_bodies($1, $2, $3, 1)', ['booking', daysAgo(95), runId]);
      assert.deepEqual(await faultAfter(call), { kind: 'body-missing', index });
    });

    it('attack: change, remove or add what accounts for a removed body, or change what is left of the entry', async () => {
      const first = expired[0] ?? -1;
      const third = expired[2] ?? -1;
      for (const [statement, place] of [
        [`DELETE FROM removed_body WHERE index = ${third}`, { kind: 'body-missing', index: third }],
        [`UPDATE removed_body SET run_id = 'run_x' WHERE index = ${third}`, { kind: 'removal-mismatch', index: first }],
        [`UPDATE entry SET event_id = 'evt_x' WHERE index = ${third}`, { kind: 'removal-mismatch', index: first }],
        [
          `UPDATE entry SET leaf_hash = set_bit(leaf_hash, 5, 1 - get_bit(leaf_hash, 5)) WHERE index = ${third}`,
          { kind: 'leaf-hash-mismatch', index: third },
        ],
        [`INSERT INTO removed_body VALUES (${kept[0]}, 'run_x')`, { kind: 'body-unexpected', index: kept[0] }],
        [`INSERT INTO removed_body VALUES (99999999, 'run_x')`, { kind: 'body-unexpected', index: 99_999_999 }],
      ] as const) {
        assert.deepEqual(await faultAfter((client) => client.query(statement)), place, statement);
      }
    });

    it('attack: cut off the entry of a run with the tail; the missing bodies speak for themselves', async () => {
      const { index } = await lastRun();
      const place = await faultAfter((client) => cutTail(client, index));
      assert.deepEqual(place, { kind: 'body-missing', index: expired[0] });
    });

    it('attack: an entry in the name of another service, before the bodies or of another number accounts for nothing', async () => {
      const index = kept[2] ?? -1;
      const runId = newId('run');
      const eventIdAt = async (client: PoolClient) => {
        const { rows } = await client.query('SELECT event_id FROM entry WHERE index = $1', [index]);
        return String(rows[0].event_id);
      };
      interface Change {
        readonly service?: 'task';
        readonly source?: string;
        readonly count?: number;
      }
      const account = async (client: PoolClient, { count = 1, source = 'audit', ...said }: Change) => {
        const digest = createRemovalDigest();
        digest.add({ index, eventId: await eventIdAt(client) });
        const data = removalEventData({
          runId,
          retentionClass: 'security',
          before: daysAgo(95),
          count,
          firstIndex: index,
          digest: digest.hex(),
        });
        return encodeEntry({ ...auditEvent({}), source, data: { ...data, ...said } });
      };
      const forge =
        (at: number, change: Change = {}) =>
        async (client: PoolClient) => {
          const entry = await account(client, change);
          await client.query('DELETE FROM body WHERE index = $1', [index]);
          await client.query('INSERT INTO removed_body VALUES ($1, $2)', [index, runId]);
          await replaceEntry(client, at, entry);
          await rebuildTiles(client);
          await signAll(client, signer);
        };
      const later = kept[4] ?? -1;
      const missing = { kind: 'body-missing', index };
      assert.deepEqual(await faultAfter(forge(later, { service: 'task' })), missing);
      assert.deepEqual(await faultAfter(forge(later, { source: 'task' })), missing);
      assert.deepEqual(await faultAfter(forge(later, { count: 2 })), { kind: 'removal-mismatch', index });
      assert.deepEqual(await faultAfter(forge(kept[1] ?? -1)), { kind: 'removal-mismatch', index: kept[1] });
      // Who has the log's key besides can write an account that nobody can tell from the service's.
      assert.ok((await verdictAfter(forge(later))).ok);
    });
  });

  it('keeps a sound log through all of this', assertSound);
});
