import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createNoteSigner, emptyWitnessStore } from '@todo-chatbot/transparency-log';
import { createWitnessProcess, logOf, requestOf } from './witnessProcess.ts';

const begin = fileURLToPath(new URL('../witness/begin.ts', import.meta.url));

function run(file?: string) {
  const env = { PATH: process.env.PATH, ...(file === undefined ? {} : { STORE_FILE: file }) };
  return spawnSync(process.execPath, [begin], { env, encoding: 'utf8' });
}

describe('The first store of a witness (AUD-3, K8S-3)', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-begin-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is made by hand, for its owner alone, and a witness starts from it', async () => {
    const signer = createNoteSigner('todo-chatbot.local/audit', generateKeyPairSync('ed25519').privateKey);
    const witness = await createWitnessProcess(signer);
    try {
      await rm(witness.storeFile);
      assert.equal(run(witness.storeFile).status, 0);
      assert.equal((await stat(witness.storeFile)).mode & 0o777, 0o600);
      await witness.start();
      assert.equal((await witness.post(requestOf(logOf(signer, ['one']), 0, 1))).status, 200);
    } finally {
      await witness.remove();
    }
  });

  it('attack: never takes the place of a store that is there', async () => {
    const file = join(folder, 'store');
    await writeFile(file, 'what the witness remembers\n');
    const refused = run(file);
    assert.equal(refused.status, 1);
    assert.match(refused.stdout, /no store was made.*|EEXIST/);
    assert.equal(await readFile(file, 'utf8'), 'what the witness remembers\n');
  });

  it('attack: a witness whose store was lost does not begin anew by itself', async () => {
    const signer = createNoteSigner('todo-chatbot.local/audit', generateKeyPairSync('ed25519').privateKey);
    const witness = await createWitnessProcess(signer);
    try {
      await rm(witness.storeFile);
      await assert.rejects(witness.start(), /ENOENT/);
      await assert.rejects(readFile(witness.storeFile));
    } finally {
      await witness.remove();
    }
  });

  it('is in words, so that an empty file is a damaged one', async () => {
    const file = join(folder, 'fresh');
    assert.equal(run(file).status, 0);
    assert.equal(await readFile(file, 'utf8'), emptyWitnessStore);
  });

  it('says what it lacks', () => {
    const refused = run();
    assert.equal(refused.status, 1);
    assert.match(refused.stdout, /STORE_FILE/);
  });
});
