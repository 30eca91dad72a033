import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { createLogger } from '@todo-chatbot/service-kit';
import { cosign, createCosigner, emptyWitnessStore } from '@todo-chatbot/transparency-log';
import { createFileAnchor } from '../src/adapters/fileAnchor.ts';
import { rememberedCheckpoints } from '../src/adapters/rememberedCheckpoints.ts';
import { createAnchoring } from '../src/commands/anchorCheckpoints.ts';
import { LogFaultError } from '../src/domain/verifyLog.ts';
import type { Anchored } from '../src/ports/anchors.ts';
import { newSigner } from './support.ts';
import { logOf } from './witnessProcess.ts';

const logger = createLogger({ appId: 'audit', level: 'silent' });
const log = newSigner();
const witness = createCosigner('witness.example/w1', generateKeyPairSync('ed25519').privateKey);
const keys = { log, witness };
const history = logOf(log, ['a', 'b', 'c', 'd', 'e']);
const noteOf = (size: number) => history.noteOf(size) + cosign(history.noteOf(size), witness, 1_700_000_000 + size);
const anchored = (treeSize: number, publishedAt = '2026-11-26T12:00:00.000Z'): Anchored => ({
  treeSize,
  note: noteOf(treeSize),
  publishedAt: new Date(publishedAt),
});

describe('anchors (AUD-3)', () => {
  function recording() {
    const written: number[] = [];
    const gates: (() => void)[] = [];
    let isBroken = false;
    return {
      written,
      break: (broken: boolean) => {
        isBroken = broken;
      },
      open: () => gates.shift()?.(),
      waiting: () => gates.length,
      anchor: {
        name: 'test',
        async write({ treeSize }: Anchored) {
          const fails = isBroken;
          await new Promise<void>((resolve) => gates.push(resolve));
          if (fails) throw new Error('the anchor is away');
          written.push(treeSize);
        },
        close: async () => undefined,
      },
    };
  }

  it('takes one checkpoint at a time, and of those that wait the newest', async () => {
    const place = recording();
    const anchoring = createAnchoring({ anchor: place.anchor, intervalMs: 0, logger });
    for (const size of [1, 2, 3]) anchoring.offer(anchored(size));
    await waitFor('the first', () => place.waiting() === 1);
    place.open();
    await waitFor('the newest', () => place.waiting() === 1);
    place.open();
    await waitFor('both', () => place.written.length === 2);
    assert.deepEqual(place.written, [1, 3]);
    anchoring.offer(anchored(3));
    await anchoring.close();
    assert.deepEqual(place.written, [1, 3], 'a checkpoint that was merely cosigned again is no news');
  });

  it('anchors what waits when it is closed, whatever the interval', async () => {
    const place = recording();
    const anchoring = createAnchoring({ anchor: place.anchor, intervalMs: 3_600_000, logger });
    anchoring.offer(anchored(1));
    await waitFor('the first', () => place.waiting() === 1);
    place.open();
    await waitFor('the first', () => place.written.length === 1);
    anchoring.offer(anchored(2));
    const closing = anchoring.close();
    await waitFor('the last', () => place.waiting() === 1);
    place.open();
    await closing;
    assert.deepEqual(place.written, [1, 2]);
  });

  it('holds nobody up when the anchor is away, and brings the newest when it is closed', async () => {
    const place = recording();
    place.break(true);
    const anchoring = createAnchoring({ anchor: place.anchor, intervalMs: 0, logger });
    anchoring.offer(anchored(1));
    await waitFor('the first try', () => place.waiting() === 1);
    place.open();
    anchoring.offer(anchored(4));
    place.break(false);
    const closing = anchoring.close();
    await waitFor('the second try', () => place.waiting() === 1);
    place.open();
    await closing;
    assert.deepEqual(place.written, [4]);
  });
});

describe('the anchor folder and what is remembered (AUD-3)', () => {
  let folder: string;
  let witnessStoreFile: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-anchors-'));
    witnessStoreFile = join(folder, 'store');
    await writeFile(witnessStoreFile, emptyWitnessStore);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const remembered = async () => {
    const found = await rememberedCheckpoints({ keys, witnessStoreFile, anchorFolder: folder });
    return found.map(({ treeSize }) => treeSize).toSorted();
  };
  const isNotSigned = (error: unknown) =>
    error instanceof LogFaultError && error.fault.kind === 'checkpoint-not-signed';

  it('remembers nothing at first', async () => {
    assert.deepEqual(await remembered(), []);
  });

  it('has a file for each month, to which is only added', async () => {
    const anchor = createFileAnchor(folder);
    await anchor.write(anchored(1, '2026-10-31T23:59:59.999Z'));
    await anchor.write(anchored(2, '2026-11-01T00:00:00.000Z'));
    const first = await readFile(join(folder, '2026-11.jsonl'), 'utf8');
    await anchor.write(anchored(3));
    assert.deepEqual((await readdir(folder)).toSorted(), ['2026-10.jsonl', '2026-11.jsonl', 'store']);
    assert.ok((await readFile(join(folder, '2026-11.jsonl'), 'utf8')).startsWith(first));
    assert.deepEqual(await remembered(), [1, 2, 3]);
  });

  it('survives a line that a power cut tore', async () => {
    await appendFile(join(folder, '2026-11.jsonl'), '{"note":"log.exa');
    assert.deepEqual(await remembered(), [1, 2, 3]);
    await createFileAnchor(folder).write(anchored(4));
    assert.deepEqual(await remembered(), [1, 2, 3, 4]);
  });

  it('remembers what the witness does', async () => {
    await writeFile(witnessStoreFile, noteOf(5));
    assert.deepEqual(await remembered(), [1, 2, 3, 4, 5]);
  });

  it('attack: a store of the witness that is altered, emptied or of another key is a fault', async () => {
    const stranger = createCosigner(witness.name, generateKeyPairSync('ed25519').privateKey);
    const ofOther = logOf(newSigner(log.name), ['a', 'b']).noteOf(2);
    for (const content of [
      '',
      noteOf(5).replace('\n5\n', '\n4\n'),
      history.noteOf(5),
      history.noteOf(5) + cosign(history.noteOf(5), stranger, 1),
      ofOther + cosign(ofOther, witness, 1),
    ]) {
      await writeFile(witnessStoreFile, content);
      await assert.rejects(remembered(), isNotSigned, content);
    }
    await rm(witnessStoreFile);
    await assert.rejects(remembered(), /ENOENT/);
    await writeFile(witnessStoreFile, noteOf(5));
  });

  it('attack: an anchor that is signed by the log alone, or by other keys, is a fault', async () => {
    const file = join(folder, '2026-11.jsonl');
    const good = await readFile(file);
    await appendFile(file, `${JSON.stringify({ note: history.noteOf(2) })}\n`);
    await assert.rejects(remembered(), isNotSigned);
    await writeFile(file, good.toString().replaceAll(String.raw`\n4\n`, String.raw`\n3\n`));
    await assert.rejects(remembered(), isNotSigned);
    await writeFile(file, good);
    assert.deepEqual(await remembered(), [1, 2, 3, 4, 5]);
  });
});
