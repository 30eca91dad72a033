import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newId } from '@todo-chatbot/contracts';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { kitMigrationsDirectory, migrateDatabase, systemClock } from '@todo-chatbot/service-kit';
import {
  appendLeaves,
  emptyFrontier,
  leafHashOf,
  openCheckpoint,
  rootHashOf,
  signCheckpoint,
  verifyInclusion,
} from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import { createPostgresLogReader } from '../src/adapters/postgresLogReader.ts';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { columnsOfBody, encodeEntry } from '../src/domain/entry.ts';
import { proveInclusion } from '../src/queries/proveInclusion.ts';
import { auditEvent, newSigner, verifyDatabase, versionOneOf } from './support.ts';

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url));
const firstMigration = '20261122000000_create_log.sql';
/** Two full tiles and a rest. */
const size = 600;
const checkpointSizes = [0, 1, 256, 300, size];

describe('a log from before there were tiles and bodies', () => {
  let database: TestDatabase;
  const signer = newSigner();
  const suspensionIndex = 7;
  const suspendedPerson = newId('user');
  // What jsonb does not take, and what only looks like it; <nul> stands for an escaped U+0000, which today's entries cannot have.
  const reasons = ['<nul><nul>', '\\u0000', '\\<nul>', '\\\\u0000<nul>', '\\\\<nul>'];
  const events = Array.from({ length: size }, (_, index) =>
    auditEvent({
      input: { index },
      reason: reasons[index] ?? null,
      object: index === suspensionIndex ? { type: 'user', id: suspendedPerson } : null,
    }),
  );
  const leaves = events.map((event) =>
    Buffer.from(versionOneOf(encodeEntry(event).body).toString().replaceAll('<nul>', '\\u0000')),
  );
  const leafHashes = leaves.map(leafHashOf);
  const rootOf = (hashes: readonly Buffer[]) => rootHashOf(appendLeaves(emptyFrontier, hashes));

  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    const owner = database.ownerPool;
    await owner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC');
    const connection = { ...owner.options, password: owner.options.password };
    await migrateDatabase({ connection, directory: kitMigrationsDirectory, table: 'kit_migrations' });
    const folder = await mkdtemp(join(tmpdir(), 'audit-migrations-'));
    try {
      await cp(join(migrations, firstMigration), join(folder, firstMigration));
      await migrateDatabase({ connection, directory: folder, table: 'migrations' });
      await fill(owner);
      await cp(migrations, folder, { recursive: true });
      const applied = await migrateDatabase({ connection, directory: folder, table: 'migrations' });
      assert.equal(applied.length, (await readdir(migrations)).length - 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  after(() => database.close());

  /** Rows as the first version of the service wrote them. */
  async function fill(owner: Pool): Promise<void> {
    for (const [index, leaf] of leaves.entries()) {
      const { eventId, time, actorId, action } = columnsOfBody(leaf);
      await owner.query('INSERT INTO entry VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        index,
        eventId,
        time,
        actorId,
        action,
        leaf,
        leafHashes[index],
      ]);
    }
    let below = leafHashes;
    for (let level = 1; below.length > 1; level += 1) {
      const nodes = Array.from({ length: Math.floor(below.length / 2) }, (_, index) =>
        rootOf(below.slice(2 * index, 2 * index + 2)),
      );
      for (const [index, hash] of nodes.entries()) {
        await owner.query('INSERT INTO node VALUES ($1, $2, $3)', [level, index, hash]);
      }
      below = nodes;
    }
    for (const treeSize of checkpointSizes) {
      const checkpoint = { treeSize, rootHash: rootOf(leafHashes.slice(0, treeSize)) };
      await owner.query("INSERT INTO checkpoint VALUES ($1, $2, $3, '2026-11-22')", [
        treeSize,
        checkpoint.rootHash,
        signCheckpoint(checkpoint, signer),
      ]);
    }
  }

  it('verifies as it is, and continues every checkpoint that it had', async () => {
    const earlier = checkpointSizes.map((treeSize) => ({ treeSize, rootHash: rootOf(leafHashes.slice(0, treeSize)) }));
    const verdict = await verifyDatabase(database.pool, signer, earlier);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(verdict.size, size);
    const { rows } = await database.pool.query("SELECT count(*)::int AS old FROM body WHERE stored_at = '2026-11-22'");
    assert.equal(rows[0].old, size, 'bodies keep the age that they had');
  });

  it('proves its entries as before, at every size', async () => {
    const reader = createPostgresLogReader(database.pool);
    for (const treeSize of checkpointSizes.slice(1)) {
      for (const index of [0, 255, 256, 299, 599].filter((place) => place < treeSize)) {
        const proof = await proveInclusion(reader, { index, treeSize, actorId: null });
        const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
        assert.equal(proof.leaf, leaves[index]?.toString('base64'));
        const leafHash = leafHashes[index];
        assert.ok(leafHash);
        assert.ok(verifyInclusion({ ...openCheckpoint(proof.checkpoint, signer), index, leafHash, path }));
      }
    }
  });

  it('attack: the leaf of an old entry, which is its own body, does not tell a person where somebody else acted from (AUD-5)', async () => {
    const reader = createPostgresLogReader(database.pool);
    const prove = (place: number, actorId: string | null) =>
      proveInclusion(reader, { index: place, treeSize: size, actorId });
    await assert.rejects(prove(suspensionIndex, suspendedPerson), { code: 'audit.entry-not-found' });
    const own = events[0]?.data.actor.id ?? null;
    assert.equal((await prove(0, own)).leaf, leaves[0]?.toString('base64'), 'what one did oneself is shown');
  });

  it('knows its events again, and grows on with entries of the new version (KAFKA-4)', async () => {
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    const fresh = Array.from({ length: 300 }, () => auditEvent({}));
    const outcomes = await writer.append([...events.slice(-5), ...fresh].map(encodeEntry));
    assert.deepEqual(outcomes.slice(0, 6), ['repeated', 'repeated', 'repeated', 'repeated', 'repeated', 'appended']);
    const verdict = await verifyDatabase(database.pool, signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.equal(verdict.size, size + 300);
  });
});
