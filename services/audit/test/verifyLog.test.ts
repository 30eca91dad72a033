import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import {
  appendLeaves,
  type Checkpoint,
  emptyFrontier,
  leafHashOf,
  openCheckpoint,
  rootHashOf,
  signCheckpoint,
} from '@todo-chatbot/transparency-log';
import type { PoolClient } from 'pg';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { type FaultKind, type Verdict, verifyLog } from '../src/domain/verifyLog.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';

/** Batches of the log under attack: 21 entries, checkpoints at 0, 4, 9, 14, 20 and 21. */
const batches = [4, 5, 5, 6, 1];
const size = 21;

describe('the verifier finds and locates what the owner of the database changes (AUD-3)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  const events = Array.from({ length: size }, (_, index) => auditEvent({ input: { index } }));
  const entries = events.map(encodeEntry);

  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    let from = 0;
    for (const count of batches) {
      await writer.append(entries.slice(from, from + count));
      from += count;
    }
  });
  after(() => database.close());

  /** Changes the log as its owner can, triggers and constraints off, looks at it with the verifier, and undoes the change. */
  async function verdictAfter(
    attack: (client: PoolClient) => Promise<unknown>,
    options: { earlier?: Checkpoint; verifier?: typeof signer } = {},
  ): Promise<Verdict> {
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      for (const table of ['entry', 'node', 'checkpoint']) {
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      }
      await attack(client);
      return await verifyLog(createPostgresStoredLog(client), { verifier: signer, ...options });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  async function assertFound(
    attack: (client: PoolClient) => Promise<unknown>,
    fault: { kind: FaultKind; index: number },
    options: { earlier?: Checkpoint; verifier?: typeof signer } = {},
  ) {
    const verdict = await verdictAfter(attack, options);
    assert.ok(!verdict.ok, 'the attack is found');
    assert.deepEqual({ kind: verdict.fault.kind, index: verdict.fault.index }, fault, verdict.fault.detail);
  }

  const headOf = async (): Promise<Checkpoint> => {
    const { rows } = await database.pool.query('SELECT note FROM checkpoint WHERE tree_size = $1', [size]);
    return openCheckpoint(rows[0].note, signer);
  };

  it('accepts the log as it is, alone and as a continuation of any checkpoint it ever had', async () => {
    const { rows } = await database.pool.query('SELECT note FROM checkpoint ORDER BY tree_size');
    assert.deepEqual(rows.length, batches.length + 1);
    for (const earlier of [undefined, ...rows.map(({ note }) => openCheckpoint(note, signer))]) {
      const verdict = await verifyDatabase(database.pool, signer, earlier);
      assert.ok(verdict.ok);
      assert.equal(verdict.size, size);
      assert.deepEqual(verdict.rootHash, (await headOf()).rootHash);
    }
  });

  for (const index of [0, 7, 19, 20]) {
    it(`attack: flip any bit of the leaf of entry ${index}`, async () => {
      for (const bit of [0, 77, ((entries[index]?.leaf.length ?? 0) << 3) - 1]) {
        await assertFound(
          (client) =>
            client.query('UPDATE entry SET leaf = set_bit(leaf, $2, 1 - get_bit(leaf, $2)) WHERE index = $1', [
              index,
              bit,
            ]),
          { kind: 'leaf-hash-mismatch', index },
        );
      }
    });

    it(`attack: flip a bit of the leaf hash of entry ${index}`, async () => {
      await assertFound(
        (client) =>
          client.query(
            'UPDATE entry SET leaf_hash = set_bit(leaf_hash, 9, 1 - get_bit(leaf_hash, 9)) WHERE index = $1',
            [index],
          ),
        { kind: 'leaf-hash-mismatch', index },
      );
    });

    it(`attack: delete entry ${index}`, async () => {
      await assertFound((client) => client.query('DELETE FROM entry WHERE index = $1', [index]), {
        kind: 'entry-missing',
        index,
      });
    });

    for (const [column, value] of [
      ['event_id', "'evt_forged'"],
      ['action', "'task.delete'"],
      ['actor_id', 'NULL'],
      ['time', "time - interval '1 microsecond'"],
      ['time', "'infinity'"],
    ] as const) {
      it(`attack: change the column ${column} of entry ${index} to ${value}`, async () => {
        await assertFound((client) => client.query(`UPDATE entry SET ${column} = ${value} WHERE index = $1`, [index]), {
          kind: value === "'infinity'" ? 'row-malformed' : 'column-mismatch',
          index,
        });
      });
    }
  }

  /** Replaces an entry and everything that is derived from it without a key: leaf hash and columns. */
  async function replaceEntry(client: PoolClient, index: number) {
    const other = encodeEntry(auditEvent({ action: 'task.delete' }));
    await client.query(
      'UPDATE entry SET event_id = $2, time = $3, actor_id = $4, action = $5, leaf = $6, leaf_hash = $7 WHERE index = $1',
      [index, other.eventId, other.time, other.actorId, other.action, other.leaf, other.leafHash],
    );
  }

  it('attack: replace an entry together with its leaf hash and columns; found at the pair it belongs to', async () => {
    await assertFound((client) => replaceEntry(client, 6), { kind: 'node-hash-mismatch', index: 6 });
    await assertFound((client) => replaceEntry(client, 7), { kind: 'node-hash-mismatch', index: 6 });
    // The last entry has no complete pair yet: the signed root gives it away.
    await assertFound((client) => replaceEntry(client, 20), { kind: 'checkpoint-root-mismatch', index: 20 });
  });

  /** Computes all nodes anew from the entries, as an owner can who knows how the log works. */
  async function rebuildNodes(client: PoolClient) {
    const { rows } = await client.query('SELECT leaf_hash FROM entry ORDER BY index');
    const { nodes, frontier } = appendLeaves(
      emptyFrontier,
      rows.map((row) => row.leaf_hash),
    );
    await client.query('DELETE FROM node');
    for (const { level, index, hash } of nodes)
      await client.query('INSERT INTO node VALUES ($1, $2, $3)', [level, index, hash]);
    return frontier;
  }

  it('attack: replace an entry and rebuild the whole tree; the next signed root gives it away', async () => {
    for (const [index, since] of [
      [0, 0],
      [6, 4],
      [13, 9],
      [20, 20],
    ] as const) {
      await assertFound(
        async (client) => {
          await replaceEntry(client, index);
          await rebuildNodes(client);
        },
        { kind: 'checkpoint-root-mismatch', index: since },
      );
    }
  });

  it('attack: swap two entries', async () => {
    const swap = async (client: PoolClient, a: number, b: number) => {
      await client.query('UPDATE entry SET index = 1000 WHERE index = $1', [a]);
      await client.query('UPDATE entry SET index = $1 WHERE index = $2', [a, b]);
      await client.query('UPDATE entry SET index = $1 WHERE index = 1000', [b]);
    };
    await assertFound((client) => swap(client, 5, 12), { kind: 'node-hash-mismatch', index: 4 });
    await assertFound(
      async (client) => {
        await swap(client, 10, 11);
        await rebuildNodes(client);
      },
      { kind: 'checkpoint-root-mismatch', index: 9 },
    );
  });

  it('attack: insert an entry at the end, in the middle, and under an index that is taken', async () => {
    const insert = (client: PoolClient, index: number) => {
      const other = encodeEntry(auditEvent({}));
      return client.query('INSERT INTO entry VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        index,
        other.eventId,
        other.time,
        other.actorId,
        other.action,
        other.leaf,
        other.leafHash,
      ]);
    };
    await assertFound((client) => insert(client, size + 1), { kind: 'entry-missing', index: size });
    // Entry 21 completes the pair of entry 20, which nobody stored.
    await assertFound((client) => insert(client, size), { kind: 'node-missing', index: size - 1 });
    await assertFound(
      async (client) => {
        await insert(client, size);
        await rebuildNodes(client);
      },
      { kind: 'checkpoint-missing', index: size },
    );
    await assertFound(
      async (client) => {
        await client.query('ALTER TABLE entry DROP CONSTRAINT entry_pkey');
        await insert(client, 6);
      },
      { kind: 'entry-unexpected', index: 7 },
    );
    await assertFound(
      async (client) => {
        await client.query('ALTER TABLE entry DROP CONSTRAINT entry_index_check');
        await insert(client, -1);
      },
      { kind: 'entry-unexpected', index: 0 },
    );
    await assertFound(
      async (client) => {
        await client.query('UPDATE entry SET index = index + 1000 WHERE index >= 8');
        await client.query('UPDATE entry SET index = index - 999 WHERE index >= 1000');
        await insert(client, 8);
        await rebuildNodes(client);
      },
      { kind: 'checkpoint-root-mismatch', index: 4 },
    );
  });

  it('attack: flip a bit of any node, delete it, move it, add one', async () => {
    const { rows: nodes } = await database.pool.query('SELECT level, index::int FROM node ORDER BY 1, 2');
    assert.ok(nodes.length > 10);
    for (const { level, index } of nodes) {
      const first = index * 2 ** level;
      const where = 'WHERE level = $1 AND index = $2';
      await assertFound(
        (client) =>
          client.query(`UPDATE node SET hash = set_bit(hash, 100, 1 - get_bit(hash, 100)) ${where}`, [level, index]),
        { kind: 'node-hash-mismatch', index: first },
      );
      await assertFound((client) => client.query(`DELETE FROM node ${where}`, [level, index]), {
        kind: 'node-missing',
        index: first,
      });
      await assertFound((client) => client.query(`UPDATE node SET index = 900 ${where}`, [level, index]), {
        kind: 'node-missing',
        index: first,
      });
    }
    await assertFound((client) => client.query('INSERT INTO node VALUES (1, 10, $1)', [Buffer.alloc(32)]), {
      kind: 'node-unexpected',
      index: size,
    });
  });

  it('attack: flip any bit of the signed note of a checkpoint', async () => {
    const { rows } = await database.pool.query('SELECT note FROM checkpoint WHERE tree_size = 14');
    const note = Buffer.from(rows[0].note);
    for (let bit = 0; bit < note.length * 8; bit += 37) {
      const altered = Buffer.from(note);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // PostgreSQL takes neither U+0000 nor broken UTF-8 in a text.
      const text = altered.toString('utf8').replaceAll('\0', '?');
      await assertFound((client) => client.query('UPDATE checkpoint SET note = $1 WHERE tree_size = 14', [text]), {
        kind: 'checkpoint-not-signed',
        index: 13,
      });
    }
  });

  it('attack: change the root or the size beside the note of a checkpoint', async () => {
    await assertFound(
      (client) =>
        client.query(
          'UPDATE checkpoint SET root_hash = set_bit(root_hash, 0, 1 - get_bit(root_hash, 0)) WHERE tree_size = 14',
        ),
      { kind: 'checkpoint-column-mismatch', index: 9 },
    );
    await assertFound((client) => client.query('UPDATE checkpoint SET tree_size = 12 WHERE tree_size = 14'), {
      kind: 'checkpoint-column-mismatch',
      index: 9,
    });
    await assertFound((client) => client.query('UPDATE checkpoint SET tree_size = 99 WHERE tree_size = 21'), {
      kind: 'entry-missing',
      index: size,
    });
  });

  it('attack: delete the newest checkpoint, or all of them', async () => {
    await assertFound((client) => client.query('DELETE FROM checkpoint WHERE tree_size = 21'), {
      kind: 'checkpoint-missing',
      index: 20,
    });
    await assertFound((client) => client.query('DELETE FROM checkpoint'), { kind: 'checkpoint-missing', index: 0 });
  });

  it('attack: sign everything anew with another key', async () => {
    const thief = newSigner(signer.name);
    const resign = async (client: PoolClient, key: typeof signer) => {
      const { rows } = await client.query('SELECT leaf_hash FROM entry ORDER BY index');
      for (const { tree_size } of (await client.query('SELECT tree_size::int FROM checkpoint')).rows) {
        const { frontier } = appendLeaves(
          emptyFrontier,
          rows.slice(0, tree_size).map((row) => row.leaf_hash),
        );
        const checkpoint = { treeSize: tree_size, rootHash: rootHashOf(frontier) };
        await client.query('UPDATE checkpoint SET root_hash = $2, note = $3 WHERE tree_size = $1', [
          tree_size,
          checkpoint.rootHash,
          signCheckpoint(checkpoint, key),
        ]);
      }
    };
    await assertFound(
      async (client) => {
        await replaceEntry(client, 3);
        await rebuildNodes(client);
        await resign(client, thief);
      },
      { kind: 'checkpoint-not-signed', index: 0 },
    );

    // With the right key a rewritten history is consistent in itself; only a remembered checkpoint shows it.
    const rewrite = async (client: PoolClient) => {
      await replaceEntry(client, 3);
      await rebuildNodes(client);
      await resign(client, signer);
    };
    assert.ok((await verdictAfter(rewrite)).ok);
    await assertFound(rewrite, { kind: 'history-rewritten', index: 0 }, { earlier: await headOf() });
  });

  it('attack: cut off the tail with its nodes and checkpoints; a remembered checkpoint shows it', async () => {
    const cut = async (client: PoolClient) => {
      await client.query('DELETE FROM entry WHERE index >= 14');
      await client.query('DELETE FROM checkpoint WHERE tree_size > 14');
      await rebuildNodes(client);
    };
    const verdict = await verdictAfter(cut);
    assert.ok(verdict.ok && verdict.size === 14, 'alone, the shorter log is consistent in itself');
    await assertFound(cut, { kind: 'history-truncated', index: 14 }, { earlier: await headOf() });
  });

  it('attack: cut off the tail but leave nodes or checkpoints', async () => {
    await assertFound((client) => client.query('DELETE FROM entry WHERE index >= 14'), {
      kind: 'entry-missing',
      index: 14,
    });
    await assertFound(
      async (client) => {
        await client.query('DELETE FROM entry WHERE index >= 14');
        await client.query('DELETE FROM checkpoint WHERE tree_size > 14');
      },
      { kind: 'node-unexpected', index: 14 },
    );
  });

  it('attack: a leaf that is no canonical entry, hashed and signed correctly', async () => {
    const event = entries[20];
    assert.ok(event);
    const spaced = Buffer.from(event.leaf.toString().replace('{', '{ '));
    await assertFound(
      (client) =>
        client.query('UPDATE entry SET leaf = $1, leaf_hash = $2 WHERE index = 20', [spaced, leafHashOf(spaced)]),
      { kind: 'leaf-malformed', index: 20 },
    );
  });

  it('finds an event that is in the log twice (KAFKA-4)', async () => {
    await assertFound(
      async (client) => {
        await client.query('ALTER TABLE entry DROP CONSTRAINT entry_event_id_key');
        await client.query(
          `INSERT INTO entry SELECT $1, event_id, time, actor_id, action, leaf, leaf_hash FROM entry WHERE index = 3`,
          [size],
        );
        const frontier = await rebuildNodes(client);
        const checkpoint = { treeSize: frontier.size, rootHash: rootHashOf(frontier) };
        await client.query('INSERT INTO checkpoint VALUES ($1, $2, $3, now())', [
          checkpoint.treeSize,
          checkpoint.rootHash,
          signCheckpoint(checkpoint, signer),
        ]);
      },
      { kind: 'event-repeated', index: size },
    );
  });

  it('accepts a log that grows while it is read', async () => {
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    let isGrowing = true;
    const growing = (async () => {
      while (isGrowing) await writer.append([encodeEntry(auditEvent({}))]);
    })();
    const sizes: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const verdict = await verifyDatabase(database.pool, signer);
      assert.ok(verdict.ok, JSON.stringify(verdict));
      sizes.push(verdict.size);
    }
    isGrowing = false;
    await growing;
    assert.ok((sizes.at(-1) ?? 0) > (sizes[0] ?? 0), 'the log did grow');
  });
});
