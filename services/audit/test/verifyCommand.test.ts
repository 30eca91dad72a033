import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  appendToTiles,
  emptyTiledFrontier,
  encodeProof,
  rootOfFrontier,
  signCheckpoint,
  verifierKeyOf,
} from '@todo-chatbot/transparency-log';
import { createFileLogFolder } from '../src/adapters/fileLogFolder.ts';
import { exportLog } from '../src/commands/exportLog.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { auditEvent, newSigner } from './support.ts';

const signer = newSigner();
const key = verifierKeyOf(signer);
const entries = Array.from({ length: 3 }, () => encodeEntry(auditEvent({})));
const command = join(import.meta.dirname, '..', 'src', 'verifyCommand.ts');

function checkpointOf(count: number) {
  const leafHashes = entries.slice(0, count).map(({ leafHash }) => leafHash);
  const rootHash = rootOfFrontier(appendToTiles(emptyTiledFrontier, leafHashes).frontier);
  return { treeSize: count, rootHash, note: signCheckpoint({ treeSize: count, rootHash }, signer) };
}

describe('npm run audit:verify, offline', () => {
  let home: string;
  let log: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'audit-verify-'));
    log = join(home, 'log');
    const source = {
      checkpoint: checkpointOf(3),
      async *entries() {
        yield* entries.map(({ leaf, body }, index) => ({ index, leaf, body }));
      },
    };
    await exportLog(source, createFileLogFolder(log), { verifier: signer, withBodies: true });
  });
  after(() => rm(home, { recursive: true }));

  /** Where no platform is; files are named as a person in `home` names them. */
  const verify = (...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, INIT_CWD: home, TODO_CHATBOT_STATE: join(home, 'no-platform') };
      execFile(process.execPath, [command, ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: error ? error.code : 0, stdout, stderr });
      });
    });
  const put = async (name: string, text: string) => {
    await writeFile(join(home, name), text);
    return name;
  };

  it('0: a sound folder, with size, root and key, and nothing else needed (AUD-3)', async () => {
    const { code, stdout, stderr } = await verify('log', '--key', key);
    const root = checkpointOf(3).rootHash.toString('base64');
    assert.deepEqual([code, stdout, stderr], [0, `The audit log is sound.\nsize 3\nroot ${root}\nkey ${key}\n`, '']);
  });

  it('0, with a warning: a key that comes with the folder proves only the folder', async () => {
    const { code, stderr } = await verify('log');
    assert.equal(code, 0);
    assert.match(stderr, /key is taken from the folder itself/);
  });

  it('1: a fault by kind and index; a kept checkpoint that the log does not continue', async () => {
    const folder = createFileLogFolder(log);
    const bundle = (await folder.read('tile/entries/000.p/3')) ?? assert.fail();
    const start = 2 + (entries[0]?.leaf.length ?? 0) + 2;
    await folder.write('tile/entries/000.p/3', Buffer.from(bundle).fill('0', start, start + 8));
    const changed = await verify('log', '--key', key);
    await folder.write('tile/entries/000.p/3', bundle);
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /^The audit log is NOT sound\.\nfault leaf-hash-mismatch\nindex 1\n/);

    const longer = signCheckpoint({ treeSize: 4, rootHash: Buffer.alloc(32) }, signer);
    const cut = await verify('log', '--key', key, '--checkpoint', await put('longer', longer));
    assert.equal(cut.code, 1);
    assert.match(cut.stdout, /\nfault history-truncated\nindex 3\n/);
    const kept = await verify('log', '--key', key, '--checkpoint', await put('kept', checkpointOf(2).note));
    assert.equal(kept.code, 0);
  });

  it('0 and 1: one kept proof, by its key alone (AUD-3)', async () => {
    const [first, second] = [entries[0] ?? assert.fail(), entries[1] ?? assert.fail()];
    const said = { leaf: second.leaf.toString('base64'), body: second.body.toString('base64') };
    const extra = Buffer.from(JSON.stringify(said));
    const proof = encodeProof({ index: 1, path: [first.leafHash], checkpoint: checkpointOf(2).note, extra });
    const holds = await verify('--proof', await put('entry-1.tlog-proof', proof), '--key', key);
    assert.equal(holds.code, 0);
    assert.match(holds.stdout, /^The proof holds\.\nindex 1\nsize 2\n/);
    assert.ok(holds.stdout.includes(second.body.toString()));
    const forged = await verify('--proof', await put('forged', proof.replace('index 1', 'index 0')), '--key', key);
    assert.deepEqual([forged.code, forged.stdout.split('\n')[1]], [1, 'fault proof-invalid']);
    const strange = await verify('--proof', 'entry-1.tlog-proof', '--key', verifierKeyOf(newSigner()));
    assert.equal(strange.code, 1);
  });

  it('2: what cannot be checked', async () => {
    for (const args of [
      ['nowhere', '--key', key],
      ['log', '--key', 'no key'],
      ['log', 'log'],
      ['log', '--proof', 'entry-1.tlog-proof', '--key', key],
      ['--proof', 'entry-1.tlog-proof'],
      ['--proof', 'nowhere', '--key', key],
      ['--unknown'],
      [],
    ]) {
      const { code, stdout } = await verify(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    }
  });
});
