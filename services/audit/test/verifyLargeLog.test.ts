import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import type { PoolClient } from 'pg';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresStoredLog, withStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { createLogWriter, maxEntriesPerTransaction } from '../src/commands/logWriter.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { type Fault, type StoredLog, verifyLog } from '../src/domain/verifyLog.ts';
import { disableTriggers, rebuildTiles, replaceEntry } from './owner.ts';
import { auditEvent, newSigner } from './support.ts';

/** Enough for a full tile of level 1, which stands for 65,536 entries. */
const size = 66_000;
/** What the verifier may hold beside what it held at first: a cursor's rows, a tile for each level, some garbage. */
const maxLiveBytes = 32 * 1024 * 1024;
const entriesPerSample = 6_000;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function liveBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('the verifier on a log with tiles of two levels (AUD-3)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    for (let from = 0; from < size; from += maxEntriesPerTransaction) {
      const events = Array.from({ length: maxEntriesPerTransaction }, (_, place) =>
        auditEvent({ input: { index: from + place } }),
      );
      await writer.append(events.map(encodeEntry));
    }
  });
  after(() => database.close());

  it('reads it in a stream: what it holds does not grow with the log', async (t) => {
    const client = await database.pool.connect();
    const since = performance.now();
    const samples: number[] = [];
    const sampled = (log: StoredLog): StoredLog => ({
      ...log,
      async *entries() {
        for await (const entry of log.entries()) {
          if (entry.index % entriesPerSample === 0) samples.push(liveBytes());
          yield entry;
        }
      },
    });
    try {
      const verdict = await withStoredLog(client, (log) => verifyLog(sampled(log), { verifier: signer }));
      assert.ok(verdict.ok, JSON.stringify(verdict));
      assert.equal(verdict.size, size);
    } finally {
      client.release();
    }
    t.diagnostic(`${size} entries in ${Math.round(performance.now() - since)} ms`);
    assert.equal(samples.length, size / entriesPerSample);
    assert.ok(Math.max(...samples) - (samples[0] ?? 0) < maxLiveBytes, JSON.stringify(samples));
  });

  const attacks: readonly (readonly [
    string,
    (client: PoolClient) => Promise<unknown>,
    Pick<Fault, 'kind' | 'index'>,
  ])[] = [
    [
      'flip a bit in a tile of the upper level',
      (client) =>
        client.query('UPDATE tile SET hashes = set_bit(hashes, 51200, 1 - get_bit(hashes, 51200)) WHERE level = 1'),
      { kind: 'tile-mismatch', index: 200 * 256 },
    ],
    [
      'delete a tile of the upper level',
      (client) => client.query('DELETE FROM tile WHERE level = 1'),
      { kind: 'tile-missing', index: 0 },
    ],
    [
      'replace an entry far inside and rebuild the tree',
      async (client) => {
        await replaceEntry(client, 41_234);
        await rebuildTiles(client);
      },
      { kind: 'checkpoint-root-mismatch', index: 40_000 },
    ],
  ];
  for (const [name, attack, { kind, index }] of attacks) {
    it(`attack: ${name}`, async () => {
      const client = await database.ownerPool.connect();
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await disableTriggers(client);
        await attack(client);
        const verdict = await verifyLog(createPostgresStoredLog(client), { verifier: signer });
        assert.ok(!verdict.ok, 'the attack is found');
        assert.deepEqual({ kind: verdict.fault.kind, index: verdict.fault.index }, { kind, index });
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    });
  }
});
