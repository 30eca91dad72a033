import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import {
  addCosignature,
  cosign,
  cosignatureTime,
  createCosigner,
  emptyWitnessStore,
  encodeAddCheckpoint,
  openCheckpoint,
  openWitnessStore,
  parseTreeSize,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import fc from 'fast-check';
import { createWitness } from '../witness/witness.ts';
import { newSigner } from './support.ts';
import { createWitnessProcess, logOf, requestOf } from './witnessProcess.ts';

type WitnessProcess = Awaited<ReturnType<typeof createWitnessProcess>>;

const signer = newSigner();
const leaves = Array.from({ length: 40 }, (_, index) => `entry ${index}`);
const log = logOf(signer, leaves);
/** Another history that the same key signs; the first five entries are the same. */
const fork = logOf(signer, [...leaves.slice(0, 5), ...leaves.slice(5).map((leaf) => `${leaf}, forged`)]);

const sizeKnown = { type: 'text/x.tlog.size' };
const conflictAt = (size: number) => ({ status: 409, ...sizeKnown, text: `${size}\n` });

async function cosigned(witness: WitnessProcess, request: string, note: string): Promise<void> {
  const answer = await witness.post(request);
  assert.equal(answer.status, 200, answer.text);
  assert.ok(addCosignature(note, answer.text, witness.cosigner).timeSeconds > 0);
}

const lastSizeOf = async (witness: WitnessProcess) => {
  const { text } = await witness.send({ method: 'GET', path: '/checkpoint' });
  return openCheckpoint(text, signer).treeSize;
};

describe('the witness (C2SP tlog-witness, AUD-3)', () => {
  let witness: WitnessProcess;
  before(async () => {
    witness = await createWitnessProcess(signer);
    await witness.start();
  });
  after(() => witness.remove());

  it('says before its first checkpoint that it has none, and by a conflict that it starts from the size 0', async () => {
    assert.equal((await witness.send({ method: 'GET', path: '/checkpoint' })).status, 404);
    assert.deepEqual(await witness.post(requestOf(log, 3, 7)), conflictAt(0));
  });

  it('attack: cosigns as empty only the empty tree', async () => {
    const [, root = ''] = log.noteOf(5).split('\n').slice(1);
    const notEmpty = log.noteOf(0).replace(/^(.*\n0\n).*\n/, `$1${root}\n`);
    assert.equal((await witness.post(`old 0\n\n${notEmpty}`)).status, 403, 'the signature is over another root');
    await cosigned(witness, requestOf(log, 0, 0), log.noteOf(0));
    assert.equal(await lastSizeOf(witness), 0);
  });

  it('cosigns each checkpoint that continues the last one, and remembers it on the disk before it answers', async () => {
    for (const [from, to] of [
      [0, 3],
      [3, 4],
      [4, 7],
      [7, 7],
      [7, 20],
    ] as const) {
      await cosigned(witness, requestOf(log, from, to), log.noteOf(to));
      const stored = openWitnessStore(await readFile(witness.storeFile, 'utf8'), {
        log: signer,
        witness: witness.cosigner,
      });
      assert.equal(stored?.treeSize, to);
    }
    assert.equal((await stat(witness.storeFile)).mode & 0o777, 0o600);
  });

  it('gives its last note to everybody', async () => {
    const { status, text } = await witness.send({ method: 'GET', path: '/checkpoint' });
    assert.equal(status, 200);
    assert.equal(openCheckpoint(text, signer).treeSize, 20);
    assert.ok(cosignatureTime(text, witness.cosigner) > 0);
  });

  it('attack: a fork signed with the genuine key is refused, of the same size and longer', async () => {
    assert.deepEqual(await witness.post(requestOf(fork, 20, 20)), conflictAt(20));
    assert.equal((await witness.post(requestOf(fork, 20, 30))).status, 422);
    // What it prints travels apart from what it answers.
    for (const told of [
      'the log signed two trees of one size',
      'a checkpoint is not proven to continue the last one',
    ]) {
      await waitFor(told, () => witness.output().includes(told));
    }
    assert.equal(await lastSizeOf(witness), 20);
  });

  it('attack: a fork with the proof of the genuine history, or from an old size, is refused', async () => {
    const borrowed = encodeAddCheckpoint({ oldSize: 20, proof: log.proofOf(20, 30), note: fork.noteOf(30) });
    assert.equal((await witness.post(borrowed)).status, 422);
    assert.deepEqual(await witness.post(requestOf(fork, 5, 30)), conflictAt(20));
    assert.deepEqual(await witness.post(requestOf(fork, 0, 30)), conflictAt(20));
  });

  it('attack: a truncated log, an old backup and a replayed checkpoint are refused', async () => {
    assert.deepEqual(await witness.post(requestOf(log, 7, 7)), conflictAt(20));
    assert.deepEqual(await witness.post(requestOf(log, 7, 10)), conflictAt(20));
    assert.equal((await witness.post(`old 20\n\n${log.noteOf(7)}`)).status, 400, 'a step back is no step');
    const grownPastIt = logOf(signer, [...leaves.slice(0, 10), ...leaves.map((leaf) => `${leaf} of another day`)]);
    assert.equal((await witness.post(requestOf(grownPastIt, 20, 30))).status, 422);
    assert.equal(await lastSizeOf(witness), 20);
  });

  it('attack: another origin is not known, another key is forbidden, and neither is remembered', async () => {
    const foreign = logOf(newSigner('other.example/log'), leaves);
    assert.equal((await witness.post(requestOf(foreign, 20, 30))).status, 404);
    const forged = logOf(newSigner(signer.name), leaves);
    assert.equal((await witness.post(requestOf(forged, 20, 30))).status, 403);
    assert.equal(
      (await witness.post(requestOf(log, 20, 30).replace(/\n\u2014.*\n$/u, '\n\u2014 x AAAAAAAA\n'))).status,
      403,
    );
    assert.equal(await lastSizeOf(witness), 20);
  });

  it('attack: a genuine checkpoint with a false line in the name of the witness does not spoil its store', async () => {
    const falseLine = cosign(log.noteOf(3), witness.cosigner, 5);
    await cosigned(witness, requestOf(log, 20, 21) + falseLine, log.noteOf(21));
    await witness.kill();
    await witness.start();
    assert.equal(await lastSizeOf(witness), 21);
  });

  it('attack: malformed requests get 400, and change nothing', async () => {
    const note = log.noteOf(30);
    const hash = Buffer.alloc(32).toString('base64');
    for (const body of [
      '',
      '\n',
      'old 21',
      note,
      `old 21\n${note}`,
      `old 021\n\n${note}`,
      `old -1\n\n${note}`,
      `old 21\nAAAA\n\n${note}`,
      `old 21\n${`${hash}\n`.repeat(64)}\n${note}`,
      `old 21\r\n\r\n${note}`,
      `old 21\n\n${note.slice(0, -1)}`,
      `old 21\n\n${note.replace('log.', 'l\u0000g.')}`,
      `old 31\n\n${note}`,
    ]) {
      assert.equal((await witness.post(body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await witness.post(`old 21\n${hash}\n\n${note}`)).status, 422);
    for (const [method, path] of [
      ['GET', '/add-checkpoint'],
      ['POST', '/'],
      ['POST', '/add-checkpoint/'],
      ['GET', '/../'],
    ] as const) {
      assert.equal((await witness.send({ method, path })).status, 404);
    }
    assert.equal(await lastSizeOf(witness), 21);
  });

  it('attack: an oversized request is refused, whether it says its length or not', async () => {
    const huge = `old 21\n\n${log.noteOf(30)}${'x'.repeat(70_000)}`;
    const length = { 'content-length': String(huge.length) };
    const told = await witness
      .send({ method: 'POST', path: '/add-checkpoint', headers: length }, huge)
      .catch(() => undefined);
    assert.ok(told === undefined || told.status === 413);
    const chunked = { 'transfer-encoding': 'chunked' };
    const untold = await witness
      .send({ method: 'POST', path: '/add-checkpoint', headers: chunked }, huge)
      .catch(() => undefined);
    assert.ok(untold === undefined || untold.status === 413);
    assert.equal(await lastSizeOf(witness), 21);
  });

  it('attack: slow and silent connections are cut off, and do not keep others from it', {
    timeout: 40_000,
  }, async () => {
    const { port, ca } = witness;
    const silent = Array.from({ length: 20 }, () => connectTcp({ port, host: '127.0.0.1' }));
    const slow = connectTls({ port, host: '127.0.0.1', ca });
    await once(slow, 'secureConnect');
    slow.write('POST /add-checkpoint HTTP/1.1\r\nhost: witness\r\ncontent-length: 100\r\n\r\nold 21');
    const ends = [...silent, slow].map(
      (socket) =>
        new Promise((resolve) =>
          socket
            .on('error', () => undefined)
            .once('close', resolve)
            .resume(),
        ),
    );
    await cosigned(witness, requestOf(log, 21, 22), log.noteOf(22));
    await Promise.all(ends);
  });

  it('attack: whoever has no certificate of the authority to believe in, does not believe it', async () => {
    const socket = connectTls({ port: witness.port, host: '127.0.0.1' });
    const [error] = await once(socket, 'error');
    assert.match(String(error), /self-signed|unable to (get|verify)/);
  });

  it('attack: of requests at the same time none rolls the log back (the race that the standard warns of)', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => witness.post(requestOf(log, 22, 23 + (index % 8)))),
    );
    const accepted = answers.filter(({ status }) => status === 200);
    assert.equal(accepted.length >= 1, true);
    const size = await lastSizeOf(witness);
    for (const { status, text } of answers) {
      // One wins; it may come back to ask for the very same again, and nobody else is told another size than the winner's.
      if (status !== 200) assert.deepEqual([status, parseTreeSize(text.trim())], [409, size]);
    }
    const cosignedSizes = new Set(
      accepted.map((answer) => [23, 24, 25, 26, 27, 28, 29, 30].find((to) => isOver(answer.text, to))),
    );
    assert.deepEqual([...cosignedSizes], [size]);
  });

  function isOver(line: string, size: number): boolean {
    try {
      return addCosignature(log.noteOf(size), line, witness.cosigner).timeSeconds > 0;
    } catch {
      return false;
    }
  }
});

describe('the store of the witness (AUD-3)', () => {
  let witness: WitnessProcess;
  before(async () => {
    witness = await createWitnessProcess(signer);
    await witness.start();
    await cosigned(witness, requestOf(log, 0, 9), log.noteOf(9));
    await witness.stop();
  });
  after(() => witness.remove());

  it('attack: one that is missing, empty, cut, altered, or of another key or log keeps it from starting', {
    timeout: 60_000,
  }, async () => {
    const good = await readFile(witness.storeFile, 'utf8');
    const stranger = await createWitnessProcess(signer);
    const damaged = [
      '',
      good.slice(0, -1),
      good.slice(0, 60),
      good.replace('\n9\n', '\n8\n'),
      log.noteOf(9),
      log.noteOf(9) + cosign(log.noteOf(9), stranger.cosigner, 1),
      emptyWitnessStore.slice(1),
    ];
    for (const content of damaged) {
      await writeFile(witness.storeFile, content);
      await assert.rejects(witness.start(), /could not start/, JSON.stringify(content));
      assert.equal(
        await readFile(witness.storeFile, 'utf8'),
        content,
        'and it is left as it is, for whoever looks into it',
      );
    }
    await rm(witness.storeFile);
    await assert.rejects(witness.start(), /could not start/);
    await writeFile(witness.storeFile, good);
    await assert.rejects(witness.start({ LOG_VERIFIER_KEY: verifierKeyOf(newSigner()) }), /could not start/);
    await stranger.remove();
  });

  it('attack: a replaced key of its own keeps it from starting', async () => {
    const good = await readFile(witness.keyFile);
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeFile(witness.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await assert.rejects(witness.start(), /could not start/);
    await writeFile(witness.keyFile, good);
  });

  it('names missing configuration and no value', async () => {
    await assert.rejects(witness.start({ KEY_FILE: '', PORT: 'secret-value' }), (error) => {
      assert.match(String(error), /PORT, KEY_FILE/);
      assert.doesNotMatch(String(error), /secret-value/);
      return true;
    });
  });

  it('goes on from what it remembers', async () => {
    await witness.start();
    assert.deepEqual(await witness.post(requestOf(fork, 0, 9)), conflictAt(9));
    await cosigned(witness, requestOf(log, 9, 12), log.noteOf(12));
  });

  it('attack: one that is changed under a running witness stops it, rather than letting it forget', async () => {
    await writeFile(witness.storeFile, emptyWitnessStore);
    await assert.rejects(witness.post(requestOf(log, 12, 13)));
    await waitFor('its end', () => /the store was changed by somebody else/.test(witness.output()));
  });
});

describe('whatever is asked of the witness (AUD-3)', () => {
  /** The witness without its process, with a store in memory. */
  async function witnessAt(size: number) {
    const cosigner = createCosigner('witness.example/w1', generateKeyPairSync('ed25519').privateKey);
    let content = emptyWitnessStore;
    const store = {
      read: async () => content,
      replace: async (_: string, next: string) => {
        content = next;
      },
    };
    const witness = await createWitness({ log: signer, cosigner, store, now: Date.now });
    assert.equal((await witness.addCheckpoint(requestOf(log, 0, size))).status, 200);
    return witness;
  }

  it('attack: no bytes bring it down or move it, neither noise nor a request with something changed in it', async () => {
    const witness = await witnessAt(7);
    const before = witness.cosignedNote();
    const good = requestOf(fork, 7, 20);
    const altered = fc
      .tuple(fc.nat(good.length), fc.nat(12), fc.string({ unit: 'binary', maxLength: 12 }))
      .map(([from, count, put]) => good.slice(0, from) + put + good.slice(from + count));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), altered), async (body) => {
        assert.ok((await witness.addCheckpoint(body)).status >= 400);
        assert.equal(witness.cosignedNote(), before);
      }),
      { numRuns: 2_000 },
    );
  });

  it('attack: a clock that is set back does not make an older checkpoint look newer', async () => {
    let now = 2_000_000_000_000;
    const cosigner = createCosigner('witness.example/w1', generateKeyPairSync('ed25519').privateKey);
    const store = { read: async () => emptyWitnessStore, replace: async () => undefined };
    const witness = await createWitness({ log: signer, cosigner, store, now: () => now });
    const first = await witness.addCheckpoint(requestOf(log, 0, 5));
    now -= 1_000_000;
    const second = await witness.addCheckpoint(requestOf(log, 5, 9));
    const timeOf = (line: string, size: number) => addCosignature(log.noteOf(size), line, cosigner).timeSeconds;
    assert.equal(timeOf(first.body, 5), 2_000_000_000);
    assert.equal(timeOf(second.body, 9), 2_000_000_000);
  });
});

describe('the witness under SIGKILL (AUD-3)', () => {
  it('never cosigns two histories, whatever is asked and whenever it is killed', { timeout: 240_000 }, async () => {
    const step = fc.record({
      isFork: fc.boolean(),
      to: fc.integer({ min: 1, max: 40 }),
      // Around the time that a request takes, so that some are cut off before and some after the store was written.
      killAfterMs: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
        const witness = await createWitnessProcess(signer);
        const seen: { note: string; from: 'log' | 'fork' | 'both'; size: number }[] = [];
        try {
          await witness.start();
          for (const { isFork, to, killAfterMs } of steps) {
            const history = isFork ? fork : log;
            const known = await witness.send({ method: 'GET', path: '/checkpoint' });
            const size = known.status === 200 ? openCheckpoint(known.text, signer).treeSize : 0;
            if (to < size) continue;
            const asked = Promise.allSettled([
              witness.post(requestOf(history, size, to)),
              witness.post(requestOf(history, size, 40)),
            ]);
            if (killAfterMs !== null) {
              await sleep(killAfterMs);
              await witness.kill();
            }
            for (const [place, result] of (await asked).entries()) {
              if (result.status !== 'fulfilled' || result.value.status !== 200) continue;
              const of = place === 0 ? to : 40;
              const { note } = addCosignature(history.noteOf(of), result.value.text, witness.cosigner);
              seen.push({ note, from: of <= 5 ? 'both' : isFork ? 'fork' : 'log', size: of });
            }
            if (killAfterMs !== null) await witness.start();
          }
          const histories = new Set(seen.map(({ from }) => from).filter((from) => from !== 'both'));
          assert.ok(histories.size <= 1, 'one history only');
          const { text } = await witness.send({ method: 'GET', path: '/checkpoint' });
          const largest = Math.max(0, ...seen.map(({ size }) => size));
          assert.ok(largest === 0 || openCheckpoint(text, signer).treeSize >= largest, 'what it cosigned it remembers');
        } finally {
          await witness.remove();
        }
      }),
      { numRuns: 12 },
    );
  });
});
