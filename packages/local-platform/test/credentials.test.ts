import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ensureCredentials, readCredentials, renewMasterKey } from '../src/credentials.ts';

describe('the master key of data keys in a state folder (DATA-2)', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-credentials-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const masterKeyIn = async () => (await readCredentials(folder)).apps.auth.secrets['auth-master-key'];

  it('a folder of an earlier version gets a next key, and keeps every secret that it has', async () => {
    const made = await ensureCredentials(folder);
    const { next: _, ...key } = made.apps.auth.secrets['auth-master-key'] ?? {};
    const file = join(folder, 'credentials.json');
    const earlier = JSON.parse(await readFile(file, 'utf8'));
    earlier.apps.auth.secrets['auth-master-key'] = key;
    await writeFile(file, JSON.stringify(earlier));

    const completed = await ensureCredentials(folder);

    const { next, ...kept } = completed.apps.auth.secrets['auth-master-key'] ?? {};
    assert.deepEqual(kept, key);
    assert.equal(Buffer.from(next ?? '', 'base64').length, 32);
    assert.notEqual(next, kept.key);
    assert.deepEqual(await masterKeyIn(), { ...key, next }, 'and it is written down before it is used');
    const others = { ...completed.apps.auth.secrets, 'auth-master-key': undefined };
    assert.deepEqual(others, { ...made.apps.auth.secrets, 'auth-master-key': undefined });
    assert.deepEqual(await ensureCredentials(folder), completed, 'once');
  });

  it('a renewal drops the replaced key, moves the active one up and makes a new one; the file stays private', async () => {
    const before = (await ensureCredentials(folder)).apps.auth.secrets['auth-master-key'];

    const { secrets } = await renewMasterKey(folder);

    const after = await masterKeyIn();
    assert.deepEqual(secrets['auth-master-key'], after);
    assert.equal(after?.key, before?.next);
    assert.notEqual(after?.next, before?.next);
    const file = join(folder, 'credentials.json');
    assert.ok(!(await readFile(file, 'utf8')).includes(before?.key ?? 'no key'));
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });
});
