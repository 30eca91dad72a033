import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createTestClock, startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createLogger, systemClock } from '@todo-chatbot/service-kit';
import {
  type CosignatureVerifier,
  cosign,
  cosignatureTime,
  createCosigner,
  type NoteSigner,
  openCheckpoint,
} from '@todo-chatbot/transparency-log';
import pg from 'pg';
import { createPostgresLogReader } from '../src/adapters/postgresLogReader.ts';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresPublicationStore } from '../src/adapters/postgresPublicationStore.ts';
import { withStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { rememberedCheckpoints, verifyAgainstMemory } from '../src/adapters/rememberedCheckpoints.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { createPublisher } from '../src/commands/publisher.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import type { Anchored } from '../src/ports/anchors.ts';
import type { Signal } from '../src/ports/signals.ts';
import type { Witness } from '../src/ports/witness.ts';
import { proveInclusion } from '../src/queries/proveInclusion.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';
import { createWitnessProcess } from './witnessProcess.ts';

const silent = createLogger({ appId: 'audit', level: 'silent' });
const triggers = ['entry', 'body', 'tile', 'checkpoint', 'published_checkpoint'];

/** A log on a database of its own with a witness in a process of its own. */
async function openLog() {
  const signer = newSigner();
  const database = await startTestDatabase({ service: 'audit' });
  const witness = await createWitnessProcess(signer);
  await witness.start();
  await newWriter(database, signer).start();
  const anchorFolder = await mkdtemp(join(tmpdir(), 'todo-chatbot-anchors-'));
  return {
    anchorFolder,
    signer,
    database,
    witness,
    async close() {
      await database.close();
      await witness.remove();
      await rm(anchorFolder, { recursive: true });
    },
  };
}

function newWriter({ pool }: TestDatabase, signer: NoteSigner) {
  return createLogWriter({ store: createPostgresLogStore(pool), signer, clock: systemClock });
}

async function append(database: TestDatabase, signer: NoteSigner, count: number): Promise<void> {
  const entries = Array.from({ length: count }, () => encodeEntry(auditEvent({})));
  await newWriter(database, signer).append(entries);
}

/** A publisher on its own, told round by round what to do. */
function newPublisher(
  database: TestDatabase,
  {
    witness,
    witnessKey,
    clock = systemClock,
  }: { witness: Witness; witnessKey: CosignatureVerifier; clock?: typeof systemClock },
) {
  const raised: Signal[] = [];
  const published: Anchored[] = [];
  const publisher = createPublisher({
    store: createPostgresPublicationStore(database.pool),
    witness,
    witnessKey,
    onPublished: (publication) => published.push(publication),
    signals: { raise: async (signal) => void raised.push(signal) },
    clock,
    logger: silent,
  });
  return { ...publisher, raised, published, rules: () => raised.map(({ ruleId }) => ruleId) };
}

const publishedSizes = async ({ pool }: TestDatabase) => {
  const { rows } = await pool.query('SELECT tree_size FROM published_checkpoint ORDER BY tree_size, published_at');
  return rows.map(({ tree_size }) => Number(tree_size));
};

/** What the owner of a database can do: no trigger stops them. */
async function asOwner({ ownerPool }: TestDatabase, ...statements: string[]): Promise<void> {
  for (const table of triggers) await ownerPool.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of statements) await ownerPool.query(statement);
  for (const table of triggers) await ownerPool.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${table}_only_grows`);
}

/** The tail cut off together with everything that speaks of it. */
const cutTo = (size: number) => [
  `DELETE FROM entry WHERE index >= ${size}`,
  `DELETE FROM body WHERE index >= ${size}`,
  `DELETE FROM tile WHERE (index + 1) << (8 * (level + 1)) > ${size}`,
  `DELETE FROM checkpoint WHERE tree_size > ${size}`,
  `DELETE FROM published_checkpoint WHERE tree_size > ${size}`,
];

describe('publication (AUD-3)', () => {
  let log: Awaited<ReturnType<typeof openLog>>;
  let publisher: ReturnType<typeof newPublisher>;
  before(async () => {
    log = await openLog();
  });
  after(() => log.close());
  beforeEach(() => {
    publisher = newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner });
  });

  it('publishes the empty log, and then what was appended, with both signatures', async () => {
    const reader = createPostgresLogReader(log.database.pool);
    assert.equal(
      (await reader.checkpoint())?.note,
      (await reader.signedCheckpoint())?.note,
      'before the first one: signed only',
    );
    await publisher.round();
    await append(log.database, log.signer, 300);
    await publisher.round();
    await append(log.database, log.signer, 5);
    assert.deepEqual(await publishedSizes(log.database), [0, 300]);
    const checkpoint = await reader.checkpoint();
    assert.equal(checkpoint?.treeSize, 300);
    assert.equal(openCheckpoint(checkpoint.note, log.signer).treeSize, 300);
    assert.ok(cosignatureTime(checkpoint.note, log.witness.cosigner) > 0);
    assert.deepEqual(
      publisher.published.map(({ treeSize }) => treeSize),
      [0, 300],
    );
    assert.deepEqual(publisher.raised, []);
  });

  it('proves entries by the published checkpoint, and what is newer by the signed one', async () => {
    const reader = createPostgresLogReader(log.database.pool);
    const sizeFor = async (index: number, treeSize?: number) => {
      const proof = await proveInclusion(reader, { index, treeSize, actorId: null });
      return { size: proof.treeSize, isCosigned: proof.checkpoint.includes('todo-chatbot.local/witness') };
    };
    assert.deepEqual(await sizeFor(7), { size: 300, isCosigned: true });
    assert.deepEqual(await sizeFor(302), { size: 305, isCosigned: false });
    assert.deepEqual(await sizeFor(7, 305), { size: 305, isCosigned: false });
  });

  it('does nothing while there is nothing new', async () => {
    await publisher.round();
    await publisher.round();
    await publisher.round();
    assert.deepEqual(await publishedSizes(log.database), [0, 300, 305]);
  });

  it('has a quiet log cosigned again after a minute, so that its readers know that nothing newer is kept from them', async () => {
    const clock = createTestClock(new Date().toISOString());
    const later = newPublisher(log.database, {
      witness: log.witness.client(),
      witnessKey: log.witness.cosigner,
      clock,
    });
    clock.advance(59_000);
    await later.round();
    assert.deepEqual(await publishedSizes(log.database), [0, 300, 305]);
    clock.advance(2_000);
    await later.round();
    assert.deepEqual(await publishedSizes(log.database), [0, 300, 305, 305]);
  });

  it('finds its way when the witness has cosigned what was not stored', async () => {
    await append(log.database, log.signer, 4);
    const { ownerPool } = log.database;
    await ownerPool.query('REVOKE INSERT ON published_checkpoint FROM audit');
    await assert.rejects(publisher.round(), /permission denied/);
    await ownerPool.query('GRANT INSERT ON published_checkpoint TO audit');
    await append(log.database, log.signer, 4);
    await publisher.round();
    assert.equal((await publishedSizes(log.database)).at(-1), 313);
    assert.deepEqual(publisher.raised, []);
  });

  it('attack: a second replica does not disturb the first: nothing is refused and nothing published twice', async () => {
    const replicas = [
      publisher,
      ...[1, 2, 3].map(() =>
        newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner }),
      ),
    ];
    for (let step = 0; step < 10; step += 1) {
      await append(log.database, log.signer, 1 + step);
      await Promise.all(replicas.map((replica) => replica.round()));
      await publisher.round();
    }
    const sizes = await publishedSizes(log.database);
    assert.equal(sizes.at(-1), 313 + 55);
    const fresh = sizes.filter((size) => size > 305);
    assert.equal(new Set(fresh).size, fresh.length);
    assert.deepEqual(
      replicas.flatMap(({ raised }) => raised),
      [],
    );
  });

  it('lets the log go on while the witness is away, says so after 30 s, and publishes what was missed', async () => {
    const clock = createTestClock(new Date().toISOString());
    const away = newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner, clock });
    const before = (await publishedSizes(log.database)).at(-1) ?? 0;
    await log.witness.kill();
    await append(log.database, log.signer, 300);
    await away.round();
    clock.advance(29_000);
    await away.round();
    assert.deepEqual(away.rules(), []);
    clock.advance(2_000);
    await away.round();
    await away.round();
    assert.deepEqual(away.rules(), ['witness-silent']);
    clock.advance(61_000);
    await away.round();
    assert.deepEqual(away.rules(), ['witness-silent', 'witness-silent'], 'again while it lasts');
    assert.equal((await publishedSizes(log.database)).at(-1), before);
    assert.ok((await verifyDatabase(log.database.pool, log.signer)).ok);
    await log.witness.start();
    await away.round();
    assert.equal((await publishedSizes(log.database)).at(-1), before + 300);
  });

  it("attack: whoever holds the publisher's lock for ever keeps nothing from being published unnoticed (OBS-3)", async () => {
    const clock = createTestClock(new Date().toISOString());
    const kept = newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner, clock });
    const holder = await log.database.pool.connect();
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [6963]);
      await kept.round();
      assert.deepEqual(kept.rules(), []);
      clock.advance(31_000);
      await kept.round();
      assert.deepEqual(kept.rules(), ['witness-silent']);
    } finally {
      holder.release(true);
    }
  });

  it('attack: the role of the service can add published checkpoints, and neither change nor remove them', async () => {
    for (const statement of [
      "UPDATE published_checkpoint SET note = ''",
      'DELETE FROM published_checkpoint',
      'TRUNCATE published_checkpoint',
    ]) {
      await assert.rejects(log.database.pool.query(statement), /permission denied/);
      await assert.rejects(log.database.ownerPool.query(statement), /the audit log only grows/);
    }
  });

  it('attack: an answer that is not a cosignature of the key that was configured is never published', async () => {
    await append(log.database, log.signer, 1);
    const sizes = await publishedSizes(log.database);
    const stranger = createCosigner(log.witness.cosigner.name, generateKeyPairSync('ed25519').privateKey);
    const answers = [
      (note: string) => cosign(note, stranger, 1),
      () => 'OK\n',
      () => '',
      (note: string) => cosign(note.replace(/\n\d+\n/, '\n1\n'), log.witness.cosigner, 1),
    ];
    for (const answer of answers) {
      const witness: Witness = {
        addCheckpoint: async ({ note }) => ({ outcome: 'cosigned', lines: answer(note) }),
        close: () => undefined,
      };
      const fooled = newPublisher(log.database, { witness, witnessKey: log.witness.cosigner });
      await fooled.round();
      assert.deepEqual(fooled.published, []);
    }
    assert.deepEqual(await publishedSizes(log.database), sizes);
    await publisher.round();
  });

  it('attack: a witness that goes on and on about conflicts is asked twice, and never believed', async () => {
    await append(log.database, log.signer, 1);
    let asked = 0;
    const witness: Witness = {
      addCheckpoint: async () => {
        asked += 1;
        return { outcome: 'conflict', treeSize: asked };
      },
      close: () => undefined,
    };
    const pestered = newPublisher(log.database, { witness, witnessKey: log.witness.cosigner });
    await pestered.round();
    assert.equal(asked, 2);
    assert.deepEqual(pestered.rules(), ['witness-refused']);
    await publisher.round();
  });
});

describe('a log that has lost its past (AUD-3)', () => {
  let log: Awaited<ReturnType<typeof openLog>>;
  let publisher: ReturnType<typeof newPublisher>;
  before(async () => {
    log = await openLog();
    publisher = newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner });
    for (const count of [300, 20, 280]) {
      await append(log.database, log.signer, count);
      await publisher.round();
    }
    assert.deepEqual(await publishedSizes(log.database), [300, 320, 600]);
  });
  after(() => log.close());
  beforeEach(() => {
    // A restored database was published long ago.
    const clock = createTestClock(new Date(Date.now() + 61_000).toISOString());
    publisher = newPublisher(log.database, { witness: log.witness.client(), witnessKey: log.witness.cosigner, clock });
  });

  /** What `audit:verify` finds, with and without what is remembered outside of the database. */
  const faultFound = async () => {
    const client = await log.database.pool.connect();
    const memory = { witnessStoreFile: log.witness.storeFile, anchorFolder: log.anchorFolder };
    const keys = { verifier: log.signer, witness: log.witness.cosigner };
    try {
      const verdict = await withStoredLog(client, (stored) =>
        verifyAgainstMemory(stored, { ...keys, memory, earlier: [] }),
      );
      return verdict.ok ? undefined : verdict.fault.kind;
    } finally {
      client.release();
    }
  };

  it('is sound to begin with', async () => {
    assert.equal(await faultFound(), undefined);
  });

  it('attack: any bit flipped in a published checkpoint, one that was made up, or one of another witness is found', async () => {
    const { ownerPool } = log.database;
    const { rows } = await ownerPool.query('SELECT note FROM published_checkpoint WHERE tree_size = 320');
    const note: string = rows[0].note;
    const put = (altered: string) =>
      asOwner(
        log.database,
        `UPDATE published_checkpoint SET note = ${pg.escapeLiteral(altered)} WHERE tree_size = 320`,
      );
    // Every eleventh bit; those of the cosignature line are each tried in the package's own tests.
    for (let bit = 0; bit < note.length * 8; bit += 11) {
      const bytes = Buffer.from(note);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const altered = bytes.toString('utf8');
      if (altered.includes('\0')) continue;
      await put(altered);
      assert.equal(await faultFound(), 'checkpoint-not-signed', `bit ${bit}`);
    }
    const [signed = ''] = note.split(/(?=\u2014 todo-chatbot\.local\/witness)/u);
    const stranger = createCosigner(log.witness.cosigner.name, generateKeyPairSync('ed25519').privateKey);
    for (const altered of [signed, signed + cosign(signed, stranger, 1)]) {
      await put(altered);
      assert.equal(await faultFound(), 'checkpoint-not-signed');
    }
    await put(note);
    await asOwner(log.database, `INSERT INTO published_checkpoint VALUES (301, ${pg.escapeLiteral(note)}, now())`);
    assert.equal(await faultFound(), 'checkpoint-not-signed');
    await asOwner(log.database, 'DELETE FROM published_checkpoint WHERE tree_size = 301');
    assert.equal(await faultFound(), undefined);
  });

  const refused = async (size: number) => {
    await publisher.round();
    assert.deepEqual(publisher.rules(), ['witness-refused']);
    assert.deepEqual(publisher.published, []);
    const { text } = await log.witness.send({ method: 'GET', path: '/checkpoint' });
    assert.equal(openCheckpoint(text, log.signer).treeSize, size);
  };

  it('attack: the tail cut off, but not what was published of it, is noticed without asking the witness', async () => {
    const [entries = '', bodies = '', tiles = '', checkpoints = ''] = cutTo(320);
    const { rows } = await log.database.ownerPool.query('SELECT * FROM checkpoint WHERE tree_size = 600');
    await asOwner(log.database, checkpoints);
    await refused(600);
    const [row] = rows;
    await log.database.ownerPool.query('INSERT INTO checkpoint VALUES ($1, $2, $3, $4)', [
      row.tree_size,
      row.root_hash,
      row.note,
      row.created_at,
    ]);
    await asOwner(log.database, entries, bodies, tiles, ...cutTo(320).slice(3));
  });

  it('attack: the tail cut off with its checkpoints, as an old backup has it, is refused', async () => {
    assert.ok((await verifyDatabase(log.database.pool, log.signer)).ok, 'by itself the log looks sound');
    await refused(600);
    assert.equal(await faultFound(), 'history-truncated');
  });

  it('attack: another history of the same size, signed with the genuine key, is refused', async () => {
    await append(log.database, log.signer, 280);
    assert.ok((await verifyDatabase(log.database.pool, log.signer)).ok, 'by itself the log looks sound');
    await refused(600);
    assert.equal(await faultFound(), 'history-rewritten');
  });

  it('attack: growth past the old size on another history is refused', async () => {
    await append(log.database, log.signer, 500);
    assert.ok((await verifyDatabase(log.database.pool, log.signer)).ok, 'by itself the log looks sound');
    await refused(600);
    assert.equal(await faultFound(), 'history-rewritten');
  });

  it('attack: even a history from the start, with another key for the log, is refused', async () => {
    await asOwner(log.database, ...cutTo(-1));
    const other = newSigner(log.signer.name);
    await newWriter(log.database, other).start();
    await append(log.database, other, 700);
    assert.ok((await verifyDatabase(log.database.pool, other)).ok, 'by itself the log looks sound');
    await refused(600);
    const memory = { witnessStoreFile: log.witness.storeFile, anchorFolder: log.anchorFolder };
    await assert.rejects(
      rememberedCheckpoints({ ...memory, keys: { log: other, witness: log.witness.cosigner } }),
      /not signed/,
    );
  });
});
