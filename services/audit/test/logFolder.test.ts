import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { systemClock } from '@todo-chatbot/service-kit';
import {
  appendToTiles,
  type Checkpoint,
  cosign,
  createCosigner,
  emptyTiledFrontier,
  encodeBundle,
  leafHashOf,
  type NoteSigner,
  parseTilePath,
  rootOfFrontier,
  signCheckpoint,
  tilePath,
  tileWidth,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import fc from 'fast-check';
import { fsck } from '../../../tests/support/fsck.ts';
import { createFileLogFolder } from '../src/adapters/fileLogFolder.ts';
import { createPostgresLogStore, readCheckpoint } from '../src/adapters/postgresLogStore.ts';
import { withStoredLog } from '../src/adapters/postgresStoredLog.ts';
import { type ExportableLog, ExportRefusedError, exportLog } from '../src/commands/exportLog.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { type EncodedEntry, encodeEntry } from '../src/domain/entry.ts';
import { encodeBodyLine } from '../src/domain/logLayout.ts';
import { type FolderFaultKind, type FolderVerdict, verifyFolder } from '../src/domain/verifyFolder.ts';
import type { LogFolder } from '../src/ports/logFolder.ts';
import { auditEvent, newSigner } from './support.ts';

/** Three full tiles and a partial one at level 0, a partial one at level 1. */
const size = 1000;
const signer = newSigner();
const newKey = () => generateKeyPairSync('ed25519').privateKey;
const witness = createCosigner('witness.example/test', newKey());
const entries = Array.from({ length: size }, () => encodeEntry(auditEvent({})));

function checkpointOf(some: readonly EncodedEntry[], by: NoteSigner = signer): Checkpoint & { readonly note: string } {
  const { frontier } = appendToTiles(
    emptyTiledFrontier,
    some.map(({ leafHash }) => leafHash),
  );
  const checkpoint = { treeSize: some.length, rootHash: rootOfFrontier(frontier) };
  const note = signCheckpoint(checkpoint, by);
  return { ...checkpoint, note: `${note}${cosign(note, witness, 1_795_000_000)}` };
}

function logOf(some: readonly EncodedEntry[], by: NoteSigner = signer): ExportableLog {
  return {
    checkpoint: checkpointOf(some, by),
    async *entries() {
      yield* some.map(({ leaf, body }, index) => ({ index, leaf, body }));
    },
  };
}

/** A folder in memory: copies of it are attacked by the hundred. */
function memoryFolder(files = new Map<string, Buffer>()): LogFolder & { readonly files: Map<string, Buffer> } {
  return {
    files,
    read: async (path) => files.get(path),
    async *lines(path) {
      yield* (files.get(path)?.toString('latin1') ?? '').split(/(?<=\n)/).filter((line) => line !== '');
    },
    async *paths() {
      yield* [...files.keys()];
    },
    write: async (path, bytes) => void files.set(path, bytes),
    async begin(path) {
      let text = '';
      return {
        append: async (more) => {
          text += more;
        },
        commit: async () => void files.set(path, Buffer.from(text)),
        close: async () => undefined,
      };
    },
    remove: async (path) => void files.delete(path),
  };
}

async function exported(log: ExportableLog, { withBodies = true, by = signer } = {}) {
  const folder = memoryFolder();
  await exportLog(log, folder, { verifier: by, witness, withBodies });
  return folder;
}

const faultOf = (verdict: FolderVerdict) => (verdict.ok ? undefined : verdict.fault);

describe('a log in a folder, verified with nothing but its key (AUD-3)', () => {
  let original: ReadonlyMap<string, Buffer>;
  before(async () => {
    original = (await exported(logOf(entries))).files;
  });

  const copy = () => memoryFolder(new Map(original));
  const fileOf = (path: string) => original.get(path) ?? assert.fail(`there is no ${path}`);
  async function faultAfter(change: (files: Map<string, Buffer>) => void, earlier: readonly Checkpoint[] = []) {
    const folder = copy();
    change(folder.files);
    return faultOf(await verifyFolder(folder, { verifier: signer, earlier }));
  }
  async function assertFault(
    change: (files: Map<string, Buffer>) => void,
    expected: { readonly kind: FolderFaultKind; readonly index: number },
    earlier: readonly Checkpoint[] = [],
  ) {
    const fault = await faultAfter(change, earlier);
    assert.deepEqual(fault && { kind: fault.kind, index: fault.index }, expected, fault?.detail);
  }

  it('is sound as it was written, with bodies and without', async () => {
    const { rootHash } = checkpointOf(entries);
    for (const folder of [copy(), await exported(logOf(entries), { withBodies: false })]) {
      const earlier = [0, 1, 255, 256, 257, 999, 1000].map((count) => checkpointOf(entries.slice(0, count)));
      assert.deepEqual(await verifyFolder(folder, { verifier: signer, earlier }), { ok: true, size, rootHash });
    }
  });

  it('is sound at any size', async () => {
    const sizes = fc.oneof(fc.nat(size), fc.constantFrom(0, 1, 255, 256, 257, 511, 512, 513, 768));
    await fc.assert(
      fc.asyncProperty(sizes, async (count) => {
        const folder = await exported(logOf(entries.slice(0, count)));
        const verdict = await verifyFolder(folder, { verifier: signer });
        assert.ok(verdict.ok && verdict.size === count);
      }),
      { numRuns: 30 },
    );
  });

  it('attack: a flip of any bit of any file is found, and located', async () => {
    const places = fc
      .constantFrom(...original.keys())
      .chain((path) => fc.tuple(fc.constant(path), fc.nat(fileOf(path).length * 8 - 1)));
    await fc.assert(
      fc.asyncProperty(places, async ([path, bit]) => {
        const fault = await faultAfter((files) => {
          const flipped = Buffer.from(fileOf(path));
          flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          files.set(path, flipped);
        });
        assert.ok(fault, `bit ${bit} of ${path}`);
        assertLocated(fault, path, bit >> 3);
      }),
      { numRuns: 200 },
    );
  });

  function assertLocated(fault: { kind: string; index: number }, path: string, byte: number): void {
    const named = parseTilePath(path);
    if (named?.tile) {
      const { level, index } = named.tile;
      const place = index * tileWidth + Math.floor(byte / 32);
      assert.deepEqual([fault.kind, fault.index], ['tile-mismatch', place * tileWidth ** level], path);
    } else if (named?.bundle) {
      const first = named.bundle.index * tileWidth;
      // All leaves are of one length here; a flip in the length itself makes the bundle unreadable.
      const each = 2 + (entries[0]?.leaf.length ?? 0);
      const inLength = byte % each < 2;
      assert.equal(fault.kind, inLength ? 'bundle-malformed' : 'leaf-hash-mismatch', path);
      assert.equal(fault.index, inLength ? first : first + Math.floor(byte / each));
    } else if (path === 'bodies.jsonl') {
      const line = fileOf(path).subarray(0, byte).toString('latin1').split('\n').length - 1;
      assert.match(fault.kind, /^body-/);
      // A flip in the index of a line makes it another one's.
      assert.ok(fault.kind === 'body-unexpected' || fault.index >= line, `${fault.index} for line ${line}`);
    } else {
      assert.ok(['checkpoint-not-signed', 'key-mismatch'].includes(fault.kind), fault.kind);
    }
  }

  it('attack: a flip of any bit of the checkpoint is found', async () => {
    for (let bit = 0; bit < fileOf('checkpoint').length * 8; bit += 1) {
      const fault = await faultAfter((files) => {
        const flipped = Buffer.from(fileOf('checkpoint'));
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        files.set('checkpoint', flipped);
      });
      assert.equal(fault?.kind, 'checkpoint-not-signed', `bit ${bit}`);
    }
  });

  it('attack: a file that is gone, too short or too long is found', async () => {
    for (const path of original.keys()) {
      const named = parseTilePath(path);
      if (!named) continue;
      const kind = named.tile ? 'tile' : 'bundle';
      const first = named.tile
        ? named.tile.index * tileWidth ** (named.tile.level + 1)
        : named.bundle.index * tileWidth;
      await assertFault((files) => void files.delete(path), { kind: `${kind}-missing`, index: first });
      for (const bytes of [
        fileOf(path).subarray(0, -1),
        Buffer.concat([fileOf(path), Buffer.of(0)]),
        Buffer.alloc(0),
      ]) {
        const fault = await faultAfter((files) => void files.set(path, bytes));
        assert.equal(fault?.kind, named.tile ? 'tile-mismatch' : 'bundle-malformed', path);
        assert.ok(fault.index >= first && fault.index < first + tileWidth ** ((named.tile?.level ?? 0) + 1), path);
      }
    }
    await assertFault((files) => void files.delete('checkpoint'), { kind: 'checkpoint-missing', index: 0 });
  });

  it('attack: a file that has no place is found', async () => {
    for (const path of [
      'tile/0/004',
      'tile/0/003',
      'tile/0/003.p/1',
      'tile/1/001.p/1',
      'tile/2/000.p/1',
      'tile/entries/003',
      'tile/entries/004.p/1',
      'tile/entries/x000/000',
      'checkpoint.draft',
      'checkpoint.old',
      'notes.txt',
    ]) {
      await assertFault((files) => void files.set(path, Buffer.from('x')), { kind: 'file-unexpected', index: size });
    }
  });

  it('attack: swapped bundles, and swapped bundles with their tiles, are found where the first is', async () => {
    const swap = (files: Map<string, Buffer>, a: string, b: string) => {
      files.set(a, fileOf(b));
      files.set(b, fileOf(a));
    };
    const swapBundles = (files: Map<string, Buffer>) => swap(files, 'tile/entries/001', 'tile/entries/002');
    await assertFault(swapBundles, { kind: 'leaf-hash-mismatch', index: 256 });
    await assertFault((files) => swap(files, 'tile/0/001', 'tile/0/002'), { kind: 'tile-mismatch', index: 256 });
    await assertFault(
      (files) => {
        swapBundles(files);
        swap(files, 'tile/0/001', 'tile/0/002');
        files.delete('bodies.jsonl');
      },
      { kind: 'leaf-hash-mismatch', index: 256 },
    );
  });

  /** Entry 300 says something else, and the tiles up to a level with it. */
  const rewrite = (files: Map<string, Buffer>, upToLevel: number): Buffer => {
    const leaves = entries.map(({ leaf }) => leaf);
    leaves[300] = entries[7]?.leaf ?? assert.fail();
    files.set('tile/entries/001', encodeBundle(leaves.slice(256, 512)));
    const { frontier, tiles } = appendToTiles(emptyTiledFrontier, leaves.map(leafHashOf));
    for (const { level, index, hashes } of tiles) {
      if (level <= upToLevel) files.set(tilePath({ level, index, width: tileWidth }), hashes);
    }
    if (upToLevel > 0) files.set('tile/1/000.p/3', Buffer.concat(frontier.edge[1] ?? []));
    files.delete('bodies.jsonl');
    return rootOfFrontier(frontier);
  };

  it('attack: an entry rewritten, alone, with its tile, or with the whole tree, is found', async () => {
    await assertFault((files) => void rewrite(files, -1), { kind: 'leaf-hash-mismatch', index: 300 });
    await assertFault((files) => void rewrite(files, 0), { kind: 'leaf-hash-mismatch', index: 256 });
    await assertFault((files) => void rewrite(files, 1), { kind: 'checkpoint-root-mismatch', index: 0 });
  });

  it('attack: a second history under a valid signature is found by whoever kept a checkpoint', async () => {
    const fork = (files: Map<string, Buffer>) => {
      const rootHash = rewrite(files, 1);
      files.set('checkpoint', Buffer.from(signCheckpoint({ treeSize: size, rootHash }, signer)));
      // The witness would not cosign it, so nothing may ask for a cosignature.
      files.delete('witness.vkey');
    };
    assert.equal(await faultAfter(fork), undefined, 'by itself it is a log like any other');
    const kept = [checkpointOf(entries.slice(0, 400))];
    await assertFault(fork, { kind: 'history-rewritten', index: 0 }, kept);
    assert.equal(await faultAfter(fork, [checkpointOf(entries.slice(0, 300))]), undefined, 'the fork begins at 300');
  });

  it('attack: a tail cut off together with its checkpoint is found by whoever kept a later one', async () => {
    const shorter = await exported(logOf(entries.slice(0, 600)));
    const verify = async (earlier: readonly Checkpoint[]) =>
      faultOf(await verifyFolder(shorter, { verifier: signer, earlier }));
    assert.equal(await verify([checkpointOf(entries.slice(0, 600))]), undefined);
    const fault = await verify([checkpointOf(entries.slice(0, 601))]);
    assert.deepEqual([fault?.kind, fault?.index], ['history-truncated', 600]);
  });

  it('attack: a flip in a full tile above the lowest is found where it is, in a log of 66,000 entries', async () => {
    const leaves = Array.from({ length: 66_000 }, (_, index) => Buffer.from(`leaf ${index}`));
    const { frontier } = appendToTiles(emptyTiledFrontier, leaves.map(leafHashOf));
    const checkpoint = { treeSize: leaves.length, rootHash: rootOfFrontier(frontier) };
    const folder = await exported(
      {
        checkpoint: { ...checkpoint, note: signCheckpoint(checkpoint, signer) },
        async *entries() {
          yield* leaves.map((leaf, index) => ({ index, leaf, body: null }));
        },
      },
      { withBodies: false },
    );
    assert.ok((await verifyFolder(folder, { verifier: signer })).ok);
    for (const [path, place, kind] of [
      ['tile/1/000', 17, 'tile-mismatch'],
      ['tile/1/001.p/1', 0, 'tile-mismatch'],
      ['tile/2/000.p/1', 0, 'tile-mismatch'],
      ['tile/entries/255', 0, 'leaf-hash-mismatch'],
      ['tile/0/100', 9, 'tile-mismatch'],
    ] as const) {
      const bytes = folder.files.get(path) ?? assert.fail(path);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(place * 32 + 5) ^ 1, place * 32 + 5);
      folder.files.set(path, flipped);
      const fault = faultOf(await verifyFolder(folder, { verifier: signer }));
      const { level, index } = parseTilePath(path)?.tile ?? { level: 0, index: 255 };
      assert.deepEqual([fault?.kind, fault?.index], [kind, (index * 256 + place) * 256 ** level], path);
      folder.files.set(path, bytes);
    }
  });

  it("attack: another log's key, in the folder or in hand, is found", async () => {
    const other = newSigner();
    const folder = await exported(logOf(entries.slice(0, 10), other), { by: other });
    assert.equal(faultOf(await verifyFolder(folder, { verifier: signer }))?.kind, 'key-mismatch');
    folder.files.delete('log.vkey');
    assert.equal(faultOf(await verifyFolder(folder, { verifier: signer }))?.kind, 'checkpoint-not-signed');
    await assertFault((files) => void files.set('log.vkey', Buffer.from(`${verifierKeyOf(signer)} \n`)), {
      kind: 'key-mismatch',
      index: 0,
    });
  });

  it('attack: a checkpoint without the cosignature of its witness, or with a line of a stranger, is found', async () => {
    const [checkpoint, stranger] = [fileOf('checkpoint').toString(), createCosigner('witness.example/other', newKey())];
    const signed = signCheckpoint(checkpointOf(entries), signer);
    const keeping = (note: string) => (files: Map<string, Buffer>) => void files.set('checkpoint', Buffer.from(note));
    const expected = { kind: 'checkpoint-not-signed', index: 0 } as const;
    await assertFault(keeping(signed), expected);
    await assertFault(keeping(`${checkpoint}${cosign(checkpoint, stranger, 1_795_000_000)}`), expected);
    const folder = copy();
    folder.files.delete('witness.vkey');
    assert.equal(faultOf(await verifyFolder(folder, { verifier: signer, witness: stranger }))?.kind, expected.kind);
    assert.ok((await verifyFolder(folder, { verifier: signer, witness })).ok);
  });

  it('attack: bodies that are not those of their leaves are found; bodies whose time was over are not missed', async () => {
    const lines = entries.map(({ body }, index) => encodeBodyLine({ index, body }));
    const assertBodies = (
      changed: readonly string[],
      expected: { readonly kind: FolderFaultKind; readonly index: number },
    ) => assertFault((files) => void files.set('bodies.jsonl', Buffer.from(changed.join(''))), expected);
    const line = (index: number, of: number) => encodeBodyLine({ index, body: entries[of]?.body ?? assert.fail() });

    assert.equal(
      await faultAfter((files) => void files.set('bodies.jsonl', Buffer.from(lines.slice(5).join('')))),
      undefined,
    );
    await assertBodies(lines.with(300, line(300, 301)), { kind: 'body-mismatch', index: 300 });
    await assertBodies(lines.with(300, line(301, 301)), { kind: 'body-malformed', index: 302 });
    await assertBodies(lines.with(300, line(299, 299)), { kind: 'body-malformed', index: 300 });
    await assertBodies([...lines, line(size, 0)], { kind: 'body-unexpected', index: size });
    await assertBodies(lines.with(300, '{}\n'), { kind: 'body-malformed', index: 300 });
    await assertBodies(lines.with(300, lines[300]?.replace(':', ': ') ?? ''), { kind: 'body-malformed', index: 300 });
    await assertBodies(lines.with(size - 1, lines[size - 1]?.trimEnd() ?? ''), {
      kind: 'body-malformed',
      index: size - 1,
    });
  });

  describe('exporting', () => {
    const refused = async (log: ExportableLog, folder: LogFolder, options = { verifier: signer, withBodies: true }) =>
      await assert.rejects(exportLog(log, folder, options), ExportRefusedError);

    it('extends an earlier export, whose partial tiles go, to just what a new one would be', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(size), { minLength: 2, maxLength: 4 }), async (sizes) => {
          const folder = memoryFolder();
          for (const count of sizes.toSorted((a, b) => a - b)) {
            const log = logOf(entries.slice(0, count));
            await exportLog(log, folder, { verifier: signer, witness, withBodies: true });
            assert.ok((await verifyFolder(folder, { verifier: signer })).ok);
            assert.deepEqual([...folder.files.keys()].sort(), [...(await exported(log)).files.keys()].sort());
          }
        }),
        { numRuns: 15 },
      );
    });

    it('finishes one that was broken off anywhere', async () => {
      const writes = (await exported(logOf(entries), { withBodies: false })).files.size;
      for (let fails = 0; fails < writes; fails += 1) {
        const folder = memoryFolder();
        let written = 0;
        const write: LogFolder['write'] = async (path, bytes) => {
          if (written === fails) throw new Error('the disk is full');
          written += 1;
          await folder.write(path, bytes);
        };
        const keys = { verifier: signer, witness };
        await assert.rejects(exportLog(logOf(entries), { ...folder, write }, { ...keys, withBodies: false }));
        await exportLog(logOf(entries), folder, { ...keys, withBodies: true });
        assert.ok((await verifyFolder(folder, { verifier: signer })).ok, String(fails));
      }
    });

    it('attack: refuses a folder that holds anything else, and leaves it alone', async () => {
      const folder = memoryFolder(new Map([['precious.txt', Buffer.from('mine')]]));
      await refused(logOf(entries), folder);
      assert.deepEqual([...folder.files.keys()], ['precious.txt']);
    });

    it("attack: refuses another log's folder, one that is ahead, and one with another history", async () => {
      const other = newSigner();
      await refused(logOf(entries), await exported(logOf(entries.slice(0, 10), other), { by: other }));
      await refused(logOf(entries.slice(0, 999)), await exported(logOf(entries)));
      const fork = entries.with(3, encodeEntry(auditEvent({})));
      for (const count of [4, 100, 256, 300, size]) {
        const folder = await exported(logOf(fork.slice(0, count)));
        const before = new Map(folder.files);
        await refused(logOf(entries), folder);
        assert.deepEqual(folder.files.get('checkpoint'), before.get('checkpoint'));
      }
      // The fork is in what the folder does not show: its files all fit, its checkpoint does not.
      const folder = await exported(logOf(entries.slice(0, 300)));
      folder.files.set('checkpoint', Buffer.from(checkpointOf(fork.slice(0, 300)).note));
      await refused(logOf(entries), folder);
    });

    it('attack: refuses to go on from a folder in which somebody changed a file', async () => {
      for (const path of ['tile/entries/000', 'tile/0/001', 'log.vkey', 'checkpoint']) {
        const folder = await exported(logOf(entries.slice(0, 600)));
        folder.files.set(path, Buffer.concat([folder.files.get(path) ?? Buffer.alloc(0), Buffer.of(0x20)]));
        await refused(logOf(entries), folder);
      }
    });

    it('attack: writes no checkpoint over entries that it was not signed for', async () => {
      const changed = { ...logOf(entries.with(500, encodeEntry(auditEvent({})))), checkpoint: checkpointOf(entries) };
      const short = { ...logOf(entries.slice(0, 999)), checkpoint: checkpointOf(entries) };
      const gap = {
        checkpoint: checkpointOf(entries),
        async *entries() {
          yield* entries.map(({ leaf, body }, index) => ({ index: index < 500 ? index : index + 1, leaf, body }));
        },
      };
      for (const log of [changed, short, gap]) {
        const folder = memoryFolder();
        await refused(log, folder);
        assert.equal(folder.files.has('checkpoint'), false);
        assert.equal(folder.files.has('bodies.jsonl'), false);
      }
    });

    it('does not leave bodies behind that it was not asked for', async () => {
      const folder = await exported(logOf(entries.slice(0, 10)));
      await refused(logOf(entries), folder, { verifier: signer, withBodies: false });
      const bare = await exported(logOf(entries.slice(0, 10)), { withBodies: false });
      assert.equal(bare.files.has('bodies.jsonl'), false);
    });
  });
});

describe('a log that the service wrote, as a folder on disk', () => {
  let database: TestDatabase;
  let directory: string;
  let key: string;
  let rootHash: Buffer;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    directory = await mkdtemp(join(tmpdir(), 'audit-log-'));
    key = verifierKeyOf(signer);
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    for (let from = 0; from < size; from += 300) await writer.append(entries.slice(from, from + 300));
    await writer.close();
    const client = await database.pool.connect();
    try {
      await withStoredLog(client, async (log) => {
        const checkpoint = (await readCheckpoint(client)) ?? assert.fail('the log has no checkpoint');
        rootHash = checkpoint.rootHash;
        const source = {
          checkpoint,
          async *entries() {
            for await (const { index, leaf, body } of log.entries()) yield { index, leaf, body: body?.bytes ?? null };
          },
        };
        await exportLog(source, createFileLogFolder(directory), { verifier: signer, withBodies: true });
      });
    } finally {
      client.release();
    }
  });
  after(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });

  const check = () => fsck({ storageUrl: pathToFileURL(directory).href, verifierKey: key, size, rootHash });

  it("Tessera's fsck accepts it (AUD-3)", check);

  it('we accept it, bodies too', async () => {
    const verdict = await verifyFolder(createFileLogFolder(directory), { verifier: signer });
    assert.deepEqual(verdict, { ok: true, size, rootHash });
  });

  it('bodies are for their owner alone to read (AUD-4)', async () => {
    assert.equal((await stat(join(directory, 'bodies.jsonl'))).mode & 0o077, 0);
  });

  it("attack: both Tessera's fsck and we find a flipped bit", async () => {
    const folder = createFileLogFolder(directory);
    for (const path of ['tile/entries/001', 'tile/0/002', 'tile/1/000.p/3', 'checkpoint']) {
      const bytes = (await folder.read(path)) ?? assert.fail(path);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(70) ^ 1, 70);
      await folder.write(path, flipped);
      await assert.rejects(check(), /fsck did not find/, path);
      assert.equal((await verifyFolder(folder, { verifier: signer })).ok, false, path);
      await folder.write(path, bytes);
    }
    await check();
  });

  it('attack: a link, a device or a folder in the place of a file is not followed', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'audit-log-'));
    try {
      const folder = createFileLogFolder(elsewhere);
      await writeFile(join(elsewhere, 'secret'), 'mine');
      await symlink(join(elsewhere, 'secret'), join(elsewhere, 'checkpoint'));
      await symlink('/dev/zero', join(elsewhere, 'bodies.jsonl'));
      assert.equal(await folder.read('checkpoint'), undefined);
      assert.equal(await folder.read('.'), undefined);
      for await (const line of folder.lines('bodies.jsonl')) assert.fail(line.slice(0, 10));
      const paths: string[] = [];
      for await (const path of folder.paths()) paths.push(path);
      assert.deepEqual(paths.sort(), ['bodies.jsonl', 'checkpoint', 'secret']);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('leaves no draft of a long file that was not finished', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'audit-log-'));
    try {
      const file = await createFileLogFolder(elsewhere).begin('bodies.jsonl');
      await file.append('x'.repeat(3_000_000));
      await file.close();
      assert.deepEqual(await readdir(elsewhere), []);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('attack: lines without an end do not fill the memory', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'audit-log-'));
    try {
      await writeFile(join(elsewhere, 'bodies.jsonl'), 'x'.repeat(1_000_000));
      const folder = createFileLogFolder(elsewhere);
      for await (const line of folder.lines('bodies.jsonl')) assert.ok(line.length < 300_000);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });
});
