import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createTestClock, startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { type Clock, createLogger, systemClock } from '@todo-chatbot/service-kit';
import { cosign, createCosigner } from '@todo-chatbot/transparency-log';
import type { PoolClient } from 'pg';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresVerifiedTrees } from '../src/adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from '../src/adapters/runAlone.ts';
import { createLogVerification } from '../src/adapters/verifyStoredLog.ts';
import { createLogWriter, type LogWriter } from '../src/commands/logWriter.ts';
import { createLogWatch } from '../src/commands/watchLog.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { auditEvent, collectingSink, newSigner } from './support.ts';

describe('the service verifies its own log (AUD-3, OBS-3)', () => {
  let database: TestDatabase;
  let writer: LogWriter;
  const signer = newSigner();
  const witness = createCosigner('witness.example/test', generateKeyPairSync('ed25519').privateKey);
  const overdueMs = 3_600_000;
  const logger = createLogger({ appId: 'audit', level: 'silent' });
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    await append(300);
  });
  after(() => database.close());

  async function append(count: number): Promise<void> {
    await writer.append(Array.from({ length: count }, () => encodeEntry(auditEvent({}))));
  }

  function startWatch(parts: { verify?: ReturnType<typeof createLogVerification>; clock?: Clock } = {}) {
    const { raised, sink } = collectingSink();
    const { pool } = database;
    const watch = createLogWatch({
      verify: createLogVerification({ pool, verifier: signer, witness }),
      trees: createPostgresVerifiedTrees(pool),
      overdueMs,
      signals: sink,
      clock: systemClock,
      logger,
      runAlone: createRunAlone(pool, jobLocks.verification),
      ...parts,
    });
    return { raised, watch };
  }

  /** Changes the log as its owner can, with all triggers off, looks on, and puts it back as it was. */
  async function whileChanged(change: (client: PoolClient) => Promise<unknown>, look: () => Promise<void>) {
    const tables = ['entry', 'body', 'tile', 'checkpoint', 'published_checkpoint', 'verified_tree'];
    const client = await database.ownerPool.connect();
    try {
      for (const table of tables) {
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
        await client.query(`CREATE TABLE backup_of_${table} AS TABLE ${table}`);
      }
      await change(client);
      await look();
    } finally {
      for (const table of tables) {
        await client.query(`DELETE FROM ${table}`);
        await client.query(`INSERT INTO ${table} TABLE backup_of_${table}`);
        await client.query(`DROP TABLE backup_of_${table}`);
        await client.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_only_grows`);
      }
      client.release();
    }
  }

  it('raises nothing while the log is sound, and remembers how far it was', async () => {
    const { raised, watch } = startWatch();
    await watch.round();
    await append(10);
    await watch.round();
    assert.deepEqual(raised, []);
    assert.equal((await createPostgresVerifiedTrees(database.pool).newest())?.treeSize, 310);
    watch.close();
  });

  it('attack: the owner flips one bit of a body, and it is found with its place each time until it is mended', async () => {
    const { raised, watch } = startWatch();
    const flip = (client: PoolClient) =>
      client.query('UPDATE body SET body = set_bit(body, 77, 1 - get_bit(body, 77)) WHERE index = 42');
    await whileChanged(flip, async () => {
      await watch.round();
      await watch.round();
    });
    const alarm = { ruleId: 'log-verification-failed', group: 'body-mismatch', entryIndex: 42 };
    assert.deepEqual(raised, [alarm, alarm]);
    await watch.round();
    assert.equal(raised.length, 2);
    watch.close();
  });

  const cutTail = async (client: PoolClient) => {
    await client.query('DELETE FROM entry WHERE index >= 300');
    await client.query('DELETE FROM body WHERE index >= 300');
    await client.query('DELETE FROM checkpoint WHERE tree_size > 300');
  };

  it('attack: the owner cuts off the tail with its checkpoints, which only the memory of a verification shows', async () => {
    const { raised, watch } = startWatch();
    await whileChanged(cutTail, async () => void (await watch.round()));
    assert.deepEqual(raised, [{ ruleId: 'log-verification-failed', group: 'history-truncated', entryIndex: 300 }]);
    watch.close();
  });

  it('attack: the owner puts an old backup back, memory of verifications included, while the service runs', async () => {
    const { raised, watch } = startWatch();
    await watch.round();
    const restore = async (client: PoolClient) => {
      await cutTail(client);
      await client.query('DELETE FROM verified_tree WHERE tree_size > 300');
    };
    await whileChanged(restore, async () => void (await watch.round()));
    assert.deepEqual(raised, [{ ruleId: 'log-verification-failed', group: 'history-truncated', entryIndex: 300 }]);
    watch.close();
  });

  it('attack: a published checkpoint that the witness did not cosign is found, although the log is sound (AUD-3)', async () => {
    const { raised, watch } = startWatch();
    const { rows } = await database.pool.query('SELECT note FROM checkpoint WHERE tree_size = 300');
    const stranger = createCosigner(witness.name, generateKeyPairSync('ed25519').privateKey);
    const publish = (client: PoolClient, key: typeof witness) =>
      client.query('INSERT INTO published_checkpoint VALUES (300, $1, now())', [
        rows[0].note + cosign(rows[0].note, key, 1),
      ]);
    await whileChanged(
      (client) => publish(client, witness),
      async () => void (await watch.round()),
    );
    assert.deepEqual(raised, []);
    await whileChanged(
      (client) => publish(client, stranger),
      async () => void (await watch.round()),
    );
    assert.deepEqual(raised, [{ ruleId: 'log-verification-failed', group: 'checkpoint-not-signed', entryIndex: 299 }]);
    watch.close();
  });

  it('attack: who keeps the verifier from its work by its lock is noticed all the same (OBS-3)', async () => {
    const overdue = [{ ruleId: 'log-verification-failed', group: 'not-verified' }];
    const holder = await database.pool.connect();
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [jobLocks.verification]);
      const clock = createTestClock('2026-11-26T12:00:00.000Z');
      const { raised, watch } = startWatch({ clock });
      assert.equal(await watch.round(), false);
      assert.deepEqual(raised, []);
      clock.advance(overdueMs + 1);
      assert.equal(await watch.round(), false);
      assert.deepEqual(raised, overdue);
      watch.close();
    } finally {
      holder.release(true);
    }
  });

  it('attack: the service’s role cannot change what was found sound', async () => {
    for (const statement of [
      'UPDATE verified_tree SET tree_size = 0',
      'DELETE FROM verified_tree',
      'TRUNCATE verified_tree',
    ]) {
      await assert.rejects(database.pool.query(statement), /permission denied/);
    }
    await assert.rejects(database.ownerPool.query('DELETE FROM verified_tree'), /only grows/);
  });

  it('takes a log that cannot be read for no fault of the log', async () => {
    const { raised, watch } = startWatch({ verify: () => Promise.reject(new Error('the database is away')) });
    await assert.rejects(watch.round());
    assert.deepEqual(raised, []);
    watch.close();
  });

  it('attack: a log that was made unreadable is an alarm like one that was changed, each time from the third on', async () => {
    const { raised, watch } = startWatch();
    const { ownerPool } = database;
    const alarm = { ruleId: 'log-verification-failed', group: 'not-verified' };
    try {
      await ownerPool.query('REVOKE SELECT ON tile FROM audit');
      for (let round = 0; round < 2; round += 1) await assert.rejects(watch.round(), /permission denied/);
      assert.deepEqual(raised, []);
      for (let round = 0; round < 2; round += 1) await assert.rejects(watch.round(), /permission denied/);
      assert.deepEqual(raised, [alarm, alarm]);
    } finally {
      await ownerPool.query('GRANT SELECT ON tile TO audit');
    }
    await watch.round();
    assert.equal(raised.length, 2);
    watch.close();
  });

  it('goes on after the connection of a verification was cut', async () => {
    const { raised, watch } = startWatch({
      verify: async (earlier) => {
        await database.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1`,
          [jobLocks.verification],
        );
        return await createLogVerification({ pool: database.pool, verifier: signer, witness })(earlier);
      },
    });
    await watch.round();
    await watch.round();
    assert.deepEqual(raised, []);
    watch.close();
  });

  it('is done by one of two replicas at a time', async () => {
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    let verifications = 0;
    const verify = async () => {
      verifications += 1;
      started.resolve();
      await gate.promise;
      return { ok: false as const, fault: { kind: 'entry-missing' as const, index: 0, detail: '' } };
    };
    const [first, second] = [startWatch({ verify }), startWatch({ verify })];
    const running = first.watch.round();
    await started.promise;
    await second.watch.round();
    assert.equal(verifications, 1);
    gate.resolve();
    await running;
    for (const { watch } of [first, second]) watch.close();
  });

  it('lets the log grow meanwhile', async () => {
    const { raised, watch } = startWatch();
    await Promise.all([watch.round(), append(5), append(5)]);
    await watch.round();
    assert.deepEqual(raised, []);
    watch.close();
  });
});
