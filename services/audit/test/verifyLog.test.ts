import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import { type Checkpoint, leafHashOf, type NoteSigner, openCheckpoint } from '@todo-chatbot/transparency-log';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { type EncodedEntry, encodeEntry } from '../src/domain/entry.ts';
import { type Fault, faultKinds, type Verdict, verifyLog } from '../src/domain/verifyLog.ts';
import {
  cutTail,
  deleteEntry,
  disableTriggers,
  insertEntry,
  logTables,
  newEntry,
  rebuildTiles,
  replaceEntry,
  signAll,
  swapEntries,
} from './owner.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';

/** Sizes that the log under attack had: it has two full tiles and 18 entries behind them. */
const sizes = [0, 4, 9, 14, 20, 21, 250, 300, 512, 530];
const size = 530;

type Attack = (client: PoolClient) => Promise<unknown>;
type Place = Pick<Fault, 'kind' | 'index'>;
interface Knowledge {
  readonly earlier?: readonly Checkpoint[];
  readonly verifier?: NoteSigner;
}

function placeOf(verdict: Verdict): Place {
  assert.ok(!verdict.ok, 'the attack is found');
  const { kind, index } = verdict.fault;
  return { kind, index };
}

/** Flips a bit of a column. */
function flip(table: string, column: string, where: string, bit: number): Attack {
  const statement = `UPDATE ${table} SET ${column} = set_bit(${column}, $1, 1 - get_bit(${column}, $1)) WHERE ${where}`;
  return (client) => client.query(statement, [bit]);
}

async function fillLog(database: TestDatabase, signer: NoteSigner): Promise<readonly EncodedEntry[]> {
  const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
  const entries = Array.from({ length: size }, (_, index) => encodeEntry(auditEvent({ input: { index } })));
  await writer.start();
  for (const [place, to] of sizes.entries()) {
    if (place > 0) await writer.append(entries.slice(sizes[place - 1], to));
  }
  return entries;
}

async function checkpointsOf(database: TestDatabase, signer: NoteSigner): Promise<Checkpoint[]> {
  const { rows } = await database.pool.query('SELECT note FROM checkpoint ORDER BY tree_size');
  return rows.map(({ note }) => openCheckpoint(note, signer));
}

describe('the verifier finds and locates what the owner of the database changes (AUD-3)', () => {
  let database: TestDatabase;
  let entries: readonly EncodedEntry[];
  let remembered: readonly Checkpoint[];
  const signer = newSigner();

  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    entries = await fillLog(database, signer);
    remembered = await checkpointsOf(database, signer);
  });
  after(() => database.close());

  /** Changes the log as its owner can, triggers off, looks at it with the verifier, and undoes the change. */
  async function verdictAfter(attack: Attack, { verifier = signer, earlier = [] }: Knowledge = {}): Promise<Verdict> {
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await disableTriggers(client);
      await attack(client);
      return await verifyLog(createPostgresStoredLog(client), { verifier, earlier });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  async function assertFound(attack: Attack, place: Place, knowledge: Knowledge = {}) {
    assert.deepEqual(placeOf(await verdictAfter(attack, knowledge)), place);
  }

  const sizeBefore = (treeSize: number) => sizes[sizes.indexOf(treeSize) - 1] ?? 0;

  it('accepts the log as it is, alone and as a continuation of all checkpoints it ever had', async () => {
    assert.deepEqual(
      remembered.map(({ treeSize }) => treeSize),
      sizes,
    );
    for (const earlier of [[], remembered, ...remembered.map((checkpoint) => [checkpoint])]) {
      const verdict = await verifyDatabase(database.pool, signer, earlier);
      assert.ok(verdict.ok, JSON.stringify(verdict));
      assert.equal(verdict.size, size);
      assert.deepEqual(verdict.rootHash, remembered.at(-1)?.rootHash);
    }
  });

  describe('flips of a bit', () => {
    const anyIndex = fc.nat(size - 1);
    const anyHashBit = fc.nat(32 * 8 - 1);
    const anyBit = fc.nat(0xffffff);

    it('attack: flip any bit of any leaf, leaf hash or body', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom('leaf', 'leaf_hash', 'body'), anyIndex, anyBit, async (column, index, bit) => {
          const { leaf, leafHash, body } = entries[index] ?? newEntry();
          const bytes = { leaf, leaf_hash: leafHash, body }[column].length;
          await assertFound(flip(column === 'body' ? 'body' : 'entry', column, `index = ${index}`, bit % (bytes * 8)), {
            kind: column === 'body' ? 'body-mismatch' : 'leaf-hash-mismatch',
            index,
          });
        }),
        { numRuns: 60 },
      );
    });

    it('attack: flip any bit of any hash of any tile, or of its root', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(1), fc.nat(256 * 256 - 1), async (tile, bit) => {
          const index = tile * 256 + Math.floor(bit / 256);
          await assertFound(flip('tile', 'hashes', `index = ${tile}`, bit), { kind: 'tile-mismatch', index });
        }),
        { numRuns: 30 },
      );
      await fc.assert(
        fc.asyncProperty(fc.nat(1), anyHashBit, async (tile, bit) => {
          const place: Place = { kind: 'tile-mismatch', index: tile * 256 };
          await assertFound(flip('tile', 'root_hash', `index = ${tile}`, bit), place);
        }),
        { numRuns: 10 },
      );
    });

    it('attack: flip any bit of the root, the size or the signed note of any checkpoint', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...sizes), anyHashBit, async (treeSize, bit) => {
          const place: Place = { kind: 'checkpoint-column-mismatch', index: sizeBefore(treeSize) };
          await assertFound(flip('checkpoint', 'root_hash', `tree_size = ${treeSize}`, bit), place);
        }),
        { numRuns: 20 },
      );
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...sizes), anyBit, async (treeSize, bit) => {
          const { rows } = await database.pool.query('SELECT note FROM checkpoint WHERE tree_size = $1', [treeSize]);
          const note = Buffer.from(rows[0].note);
          const place = bit % (note.length * 8);
          note[place >> 3] = (note[place >> 3] ?? 0) ^ (1 << (place & 7));
          // PostgreSQL takes neither U+0000 nor broken UTF-8 in a text.
          const text = note.toString('utf8').replaceAll('\0', '?');
          await assertFound(
            (client) => client.query('UPDATE checkpoint SET note = $1 WHERE tree_size = $2', [text, treeSize]),
            { kind: 'checkpoint-not-signed', index: sizeBefore(treeSize) },
          );
        }),
        { numRuns: 40 },
      );
      for (const [from, to, place] of [
        [14, 12, { kind: 'checkpoint-column-mismatch', index: 9 }],
        [530, 999, { kind: 'entry-missing', index: 530 }],
        [0, 1, { kind: 'checkpoint-column-mismatch', index: 0 }],
      ] as const) {
        await assertFound(
          (client) => client.query(`UPDATE checkpoint SET tree_size = ${to} WHERE tree_size = ${from}`),
          place,
        );
      }
    });

    it('attack: put a view, a rule or row-level security where a table was, so that each reader may see something else', async () => {
      const attacks: readonly Attack[] = [
        (client) => client.query('ALTER TABLE entry RENAME TO kept; CREATE VIEW entry AS SELECT * FROM kept'),
        (client) => client.query('ALTER TABLE body ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'),
        (client) => client.query('CREATE RULE lost AS ON INSERT TO removed_body DO INSTEAD NOTHING'),
        (client) => client.query('ALTER TABLE published_checkpoint RENAME TO kept'),
      ];
      for (const attack of attacks) await assertFound(attack, { kind: 'table-replaced', index: 0 });
    });

    it('attack: what makes a statement of the verifier fail is a fault of the log', async () => {
      const tile =
        'INSERT INTO tile SELECT 0, 9223372036854775807, hashes, root_hash FROM tile WHERE level = 0 LIMIT 1';
      await assertFound((client) => client.query(tile), { kind: 'row-malformed', index: 2 });
      await assertFound((client) => client.query('ALTER TABLE body RENAME COLUMN address TO place'), {
        kind: 'row-malformed',
        index: 0,
      });
    });

    it('attack: change any column beside a body, be it by a microsecond', async () => {
      const changes: readonly (readonly [string, string, string])[] = [
        ['entry', 'event_id', "'evt_forged'"],
        ['body', 'time', "time - interval '1 microsecond'"],
        ['body', 'time', "time - interval '1 year'"],
        // The same digits, four thousand years earlier.
        ['body', 'time', "(time::text || ' BC')::timestamptz"],
        ['body', 'service', "'booking'"],
        ['body', 'actor_id', 'NULL'],
        ['body', 'actor_id', "'usr_another'"],
        ['body', 'category', "'security'"],
        ['body', 'action', "'task.delete'"],
        ['body', 'success', 'NOT success'],
        ['body', 'object_type', "'task'"],
        ['body', 'object_id', "'tsk_forged'"],
        ['body', 'address', "'198.51.100.0'"],
        ['body', 'trace_id', "'0af7651916cd43dd8448eb211c80319c'"],
        ['body', 'retention_class', "'conversation'"],
      ];
      for (const [place, [table, column, value]] of changes.entries()) {
        const index = [0, 7, 255, 256, 529][place % 5] ?? 0;
        await assertFound((client) => client.query(`UPDATE ${table} SET ${column} = ${value} WHERE index = ${index}`), {
          kind: 'column-mismatch',
          index,
        });
      }
      await assertFound((client) => client.query("UPDATE body SET time = 'infinity' WHERE index = 3"), {
        kind: 'row-malformed',
        index: 3,
      });
    });
  });

  describe('entries', () => {
    for (const index of [0, 7, 255, 256, 529]) {
      it(`attack: delete entry ${index}, its row, its body, or both`, async () => {
        await assertFound((client) => deleteEntry(client, index), { kind: 'entry-missing', index });
        await assertFound((client) => client.query('DELETE FROM entry WHERE index = $1', [index]), {
          kind: 'entry-missing',
          index,
        });
        await assertFound((client) => client.query('DELETE FROM body WHERE index = $1', [index]), {
          kind: 'body-missing',
          index,
        });
      });
    }

    it('attack: replace an entry with all that belongs to it; the signed root gives it away, the tile tells which', async () => {
      await assertFound((client) => replaceEntry(client, 6), { kind: 'checkpoint-root-mismatch', index: 6 });
      await assertFound((client) => replaceEntry(client, 255), { kind: 'tile-mismatch', index: 255 });
      await assertFound((client) => replaceEntry(client, 299), { kind: 'checkpoint-root-mismatch', index: 299 });
      // No tile yet: all that is known is the batch.
      await assertFound((client) => replaceEntry(client, 529), { kind: 'checkpoint-root-mismatch', index: 512 });
    });

    it('attack: replace an entry and rebuild the whole tree; the next signed root gives it away', async () => {
      for (const [index, since] of [
        [0, 0],
        [6, 4],
        [20, 20],
        [255, 250],
        [511, 300],
        [529, 512],
      ] as const) {
        await assertFound(
          async (client) => {
            await replaceEntry(client, index);
            await rebuildTiles(client);
          },
          { kind: 'checkpoint-root-mismatch', index: since },
        );
      }
    });

    it('attack: back-date an entry, everything made anew but the signature', async () => {
      const event = { ...auditEvent({}), time: '2020-01-01T00:00:00.000Z' };
      const backDate = (client: PoolClient) => replaceEntry(client, 400, encodeEntry(event));
      await assertFound(backDate, { kind: 'tile-mismatch', index: 400 });
      const rebuild: Attack = async (client) => {
        await backDate(client);
        await rebuildTiles(client);
      };
      await assertFound(rebuild, { kind: 'checkpoint-root-mismatch', index: 300 });
      const unsigned: Attack = async (client) => {
        await rebuild(client);
        await client.query('DELETE FROM checkpoint WHERE tree_size > 300');
      };
      await assertFound(unsigned, { kind: 'checkpoint-missing', index: 300 });
      const forged: Attack = async (client) => {
        await rebuild(client);
        await signAll(client, newSigner(signer.name));
      };
      await assertFound(forged, { kind: 'checkpoint-not-signed', index: 0 });
    });

    it('attack: swap two entries, or move a run of them', async () => {
      await assertFound((client) => swapEntries(client, 5, 12), { kind: 'checkpoint-root-mismatch', index: 5 });
      await assertFound((client) => swapEntries(client, 310, 500), { kind: 'tile-mismatch', index: 310 });
      await assertFound(
        async (client) => {
          await swapEntries(client, 10, 11);
          await rebuildTiles(client);
        },
        { kind: 'checkpoint-root-mismatch', index: 9 },
      );
      await assertFound(
        async (client) => {
          for (let index = 320; index < 330; index += 1) await swapEntries(client, index, 650 - index);
          await rebuildTiles(client);
        },
        { kind: 'checkpoint-root-mismatch', index: 300 },
      );
      // Only the bodies, so that one person's act reads as another's.
      await assertFound(
        async (client) => {
          for (const [from, to] of [
            [400, 9000],
            [401, 400],
            [9000, 401],
          ]) {
            await client.query('UPDATE body SET index = $2 WHERE index = $1', [from, to]);
          }
        },
        { kind: 'body-mismatch', index: 400 },
      );
    });

    it('attack: insert an entry at the end, in the middle, and under an index that is taken', async () => {
      await assertFound((client) => insertEntry(client, size + 1), { kind: 'entry-missing', index: size });
      await assertFound((client) => insertEntry(client, size), { kind: 'checkpoint-missing', index: size });
      // Which of the two rows comes first is not said.
      const taken = await verdictAfter(async (client) => {
        await client.query('ALTER TABLE entry DROP CONSTRAINT entry_pkey');
        await client.query('ALTER TABLE body DROP CONSTRAINT body_pkey');
        await insertEntry(client, 6);
      });
      assert.equal(placeOf(taken).index, 6);
      await assertFound(
        async (client) => {
          await client.query('ALTER TABLE entry DROP CONSTRAINT entry_index_check');
          await insertEntry(client, -1);
        },
        { kind: 'entry-unexpected', index: 0 },
      );
      const makeRoom: Attack = async (client) => {
        for (const table of ['entry', 'body']) {
          await client.query(`UPDATE ${table} SET index = index + 10000 WHERE index >= 8`);
          await client.query(`UPDATE ${table} SET index = index - 9999 WHERE index >= 10000`);
        }
        await insertEntry(client, 8);
      };
      await assertFound(makeRoom, { kind: 'checkpoint-root-mismatch', index: 8 });
      await assertFound(
        async (client) => {
          await makeRoom(client);
          await rebuildTiles(client);
        },
        { kind: 'checkpoint-root-mismatch', index: 4 },
      );
    });

    it('attack: duplicate an entry under its own index, or under a new one (KAFKA-4)', async () => {
      await assertFound(
        async (client) => {
          await client.query('ALTER TABLE entry DROP CONSTRAINT entry_pkey, DROP CONSTRAINT entry_event_id_key');
          await client.query('INSERT INTO entry SELECT * FROM entry WHERE index = 260');
        },
        { kind: 'entry-unexpected', index: 260 },
      );
      const copy: Attack = async (client) => {
        await client.query('ALTER TABLE entry DROP CONSTRAINT entry_event_id_key');
        await insertEntry(client, size, entries[3]);
      };
      await assertFound(copy, { kind: 'checkpoint-missing', index: size });
      // Even when the log's own key signs it.
      await assertFound(
        async (client) => {
          await copy(client);
          await signAll(client, signer);
        },
        { kind: 'event-repeated', index: size },
      );
    });

    it('attack: give an entry a second body, or a body to no entry', async () => {
      await assertFound((client) => client.query('UPDATE body SET index = 5000 WHERE index = 9'), {
        kind: 'body-missing',
        index: 9,
      });
      await assertFound(
        async (client) => {
          await insertEntry(client, 5000);
          await client.query('DELETE FROM entry WHERE index = 5000');
        },
        { kind: 'body-unexpected', index: 5000 },
      );
      await assertFound(
        async (client) => {
          await client.query('ALTER TABLE body DROP CONSTRAINT body_pkey');
          await client.query('INSERT INTO body SELECT * FROM body WHERE index = 9');
        },
        { kind: 'entry-unexpected', index: 9 },
      );
    });

    it('attack: a body that is no canonical entry, committed to correctly', async () => {
      const spaced = Buffer.from(entries[20]?.body.toString().replace('{', '{ ') ?? '');
      await assertFound(
        async (client) => {
          // A leaf that is its own body, as version 1 had it.
          await client.query('UPDATE entry SET leaf = $1, leaf_hash = $2 WHERE index = 20', [
            spaced,
            leafHashOf(spaced),
          ]);
          await client.query('UPDATE body SET body = $1 WHERE index = 20', [spaced]);
        },
        { kind: 'body-malformed', index: 20 },
      );
    });
  });

  describe('tiles and checkpoints', () => {
    it('attack: delete a tile, move it, add one', async () => {
      for (const index of [0, 1]) {
        const place: Place = { kind: 'tile-missing', index: index * 256 };
        await assertFound((client) => client.query('DELETE FROM tile WHERE index = $1', [index]), place);
        await assertFound((client) => client.query('UPDATE tile SET index = 900 WHERE index = $1', [index]), place);
        await assertFound((client) => client.query('UPDATE tile SET level = 1 WHERE index = $1', [index]), place);
      }
      for (const [level, index] of [
        [0, 2],
        [1, 0],
        [6, 99],
      ] as const) {
        await assertFound(
          (client) =>
            client.query('INSERT INTO tile (level, index, hashes, root_hash) VALUES ($1, $2, $3, $4)', [
              level,
              index,
              Buffer.alloc(8192),
              Buffer.alloc(32),
            ]),
          { kind: 'tile-unexpected', index: size },
        );
      }
    });

    it('attack: delete the newest checkpoint, or all of them', async () => {
      await assertFound((client) => client.query('DELETE FROM checkpoint WHERE tree_size = 530'), {
        kind: 'checkpoint-missing',
        index: 512,
      });
      await assertFound((client) => client.query('DELETE FROM checkpoint'), { kind: 'checkpoint-missing', index: 0 });
    });

    it('attack: show the log under another key, or another log under this one', async () => {
      const noAttack: Attack = async () => undefined;
      const place: Place = { kind: 'checkpoint-not-signed', index: 0 };
      await assertFound(noAttack, place, { verifier: newSigner(signer.name) });
      await assertFound((client) => signAll(client, newSigner(signer.name)), place);
      await assertFound((client) => signAll(client, { ...signer, name: 'log.example/another' }), place);
    });
  });

  describe('histories', () => {
    const rewrite: Attack = async (client) => {
      await replaceEntry(client, 260);
      await rebuildTiles(client);
      await signAll(client, signer);
    };

    it('attack: fork, a second history signed with the right key; a remembered checkpoint shows it', async () => {
      assert.ok((await verdictAfter(rewrite)).ok, 'alone, it is consistent in itself');
      for (const [earlier, index] of [
        [remembered.slice(-1), 0],
        [remembered, 250],
        [remembered.filter(({ treeSize }) => treeSize < 100 || treeSize > 500), 21],
      ] as const) {
        await assertFound(rewrite, { kind: 'history-rewritten', index }, { earlier });
      }
    });

    it('attack: truncate the tail with its checkpoints; a remembered checkpoint shows it', async () => {
      for (const cutAt of [0, 14, 250, 512]) {
        const cut: Attack = (client) => cutTail(client, cutAt);
        const alone = await verdictAfter(cut);
        assert.ok(alone.ok && alone.size === cutAt, 'alone, the shorter log is consistent in itself');
        await assertFound(cut, { kind: 'history-truncated', index: cutAt }, { earlier: remembered.slice(-1) });
        await assertFound(cut, { kind: 'history-truncated', index: cutAt }, { earlier: remembered });
      }
    });

    it('attack: truncate and fill up again to the same size, signed with the right key', async () => {
      const refill: Attack = async (client) => {
        await cutTail(client, 512);
        for (let index = 512; index < size; index += 1) await insertEntry(client, index);
        await signAll(client, signer);
      };
      await assertFound(refill, { kind: 'history-rewritten', index: 512 }, { earlier: remembered });
    });

    it('attack: cut off the tail but leave its tiles, bodies or checkpoints', async () => {
      const cutEntries = async (client: PoolClient) => {
        await client.query('DELETE FROM entry WHERE index >= 21');
      };
      const cutMore = async (client: PoolClient) => {
        await cutEntries(client);
        await client.query('DELETE FROM checkpoint WHERE tree_size > 21');
      };
      await assertFound(cutEntries, { kind: 'entry-missing', index: 21 });
      await assertFound(cutMore, { kind: 'tile-unexpected', index: 21 });
      await assertFound(
        async (client) => {
          await cutMore(client);
          await client.query('DELETE FROM tile');
        },
        { kind: 'body-unexpected', index: 21 },
      );
    });
  });
});

it('has each kind of fault in the runbook', async () => {
  const runbook = (await readFile(new URL('../README.md', import.meta.url), 'utf8')).split('## Runbook')[1] ?? '';
  for (const kind of faultKinds) assert.ok(runbook.includes(`\`${kind}\``), kind);
});

describe('the verifier on a log that grows while it is attacked and read (AUD-3)', () => {
  let database: TestDatabase;
  const signer = newSigner();
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    await fillLog(database, signer);
    await disableTriggers(database.ownerPool);
  });
  after(() => database.close());

  /** A writer that goes on appending while the work is under way; gives how many entries it appended. */
  async function whileGrowing(work: () => Promise<void>): Promise<number> {
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    let isGrowing = true;
    let appended = 0;
    const growing = (async () => {
      for (; isGrowing; appended += 1) await writer.append([encodeEntry(auditEvent({}))]);
    })();
    try {
      await work();
    } finally {
      isGrowing = false;
      await growing;
    }
    return appended;
  }

  async function asOwner(attack: Attack): Promise<void> {
    const client = await database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      await attack(client);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  }

  const assertSound = async (earlier: readonly Checkpoint[] = []) => {
    const verdict = await verifyDatabase(database.pool, signer, earlier);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    return verdict.size;
  };

  /** Keeps what the log is now. */
  const backUp: Attack = async (client) => {
    for (const table of logTables) {
      await client.query(`DROP TABLE IF EXISTS kept_${table}; CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
    }
  };
  /** Puts the first entries back as they were kept; what came after them stays. */
  const repair: Attack = async (client) => {
    for (const table of ['entry', 'body']) {
      await client.query(`DELETE FROM ${table} WHERE index < ${size}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table} WHERE index < ${size}`);
    }
    await client.query('DELETE FROM tile WHERE index < 2 AND level = 0');
    await client.query('INSERT INTO tile SELECT * FROM kept_tile WHERE index < 2 AND level = 0');
    await client.query(`DELETE FROM checkpoint WHERE tree_size <= ${size}`);
    await client.query(`INSERT INTO checkpoint SELECT * FROM kept_checkpoint WHERE tree_size <= ${size}`);
  };

  it('never sees a fault where there is none', async () => {
    const seen: number[] = [];
    const appended = await whileGrowing(async () => {
      for (let round = 0; round < 8; round += 1) seen.push(await assertSound());
    });
    assert.ok(appended > 0 && (seen.at(-1) ?? 0) > (seen[0] ?? 0), 'the log did grow');
  });

  it('attack: each kind of change of what is stored is found while the log goes on, and nothing once it is repaired', async () => {
    const attacks: readonly (readonly [string, Attack, Place])[] = [
      ['flip a bit of a leaf', flip('entry', 'leaf', 'index = 77', 321), { kind: 'leaf-hash-mismatch', index: 77 }],
      ['flip a bit of a body', flip('body', 'body', 'index = 529', 321), { kind: 'body-mismatch', index: 529 }],
      [
        'flip a bit of a tile',
        flip('tile', 'hashes', 'index = 1 AND level = 0', 25_600),
        { kind: 'tile-mismatch', index: 356 },
      ],
      [
        'change a checkpoint',
        (client) => client.query("UPDATE checkpoint SET note = replace(note, '14', '15') WHERE tree_size = 14"),
        { kind: 'checkpoint-not-signed', index: 9 },
      ],
      ['delete', (client) => deleteEntry(client, 3), { kind: 'entry-missing', index: 3 }],
      [
        'delete a body',
        (client) => client.query('DELETE FROM body WHERE index = 300'),
        { kind: 'body-missing', index: 300 },
      ],
      ['swap', (client) => swapEntries(client, 100, 101), { kind: 'checkpoint-root-mismatch', index: 100 }],
      [
        'back-date',
        (client) => client.query("UPDATE body SET time = time - interval '1 day' WHERE index = 20"),
        { kind: 'column-mismatch', index: 20 },
      ],
      ['replace', (client) => replaceEntry(client, 511), { kind: 'tile-mismatch', index: 511 }],
    ];
    await asOwner(backUp);
    const appended = await whileGrowing(async () => {
      for (const [name, attack, place] of attacks) {
        await asOwner(attack);
        const verdict = await verifyDatabase(database.pool, signer);
        assert.deepEqual(placeOf(verdict), place, name);
        await asOwner(repair);
        await assertSound();
      }
    });
    assert.ok(appended > attacks.length, 'the log went on');
  });

  it('attack: put an old backup of the database in the place of the log, which goes on from there', async () => {
    await asOwner(backUp);
    const old = await checkpointsOf(database, signer);
    await whileGrowing(() => assertSound().then(() => undefined));
    const remembered = await checkpointsOf(database, signer);
    const oldSize = old.at(-1)?.treeSize ?? 0;
    assert.ok((remembered.at(-1)?.treeSize ?? 0) > oldSize);
    const restore: Attack = async (client) => {
      await client.query(`TRUNCATE ${logTables.join(', ')}`);
      for (const table of logTables) await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    };
    await asOwner(restore);
    const atOnce = await verifyDatabase(database.pool, signer, remembered);
    assert.deepEqual(placeOf(atOnce), { kind: 'history-truncated', index: oldSize });
    await whileGrowing(async () => {
      for (let grown = oldSize; grown <= (remembered.at(-1)?.treeSize ?? 0); ) {
        grown = await assertSound(old);
        const { kind, index } = placeOf(await verifyDatabase(database.pool, signer, remembered));
        assert.ok(kind === 'history-rewritten' || kind === 'history-truncated', kind);
        assert.ok(index >= oldSize, 'everything before the backup is sound');
      }
    });
    const grownOver = await verifyDatabase(database.pool, signer, remembered);
    assert.deepEqual(placeOf(grownOver), { kind: 'history-rewritten', index: oldSize });
  });
});
