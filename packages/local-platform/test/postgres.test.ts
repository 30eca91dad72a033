import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { initialisePostgres, removeStrayLock } from '../src/postgres.ts';

it('moves databases of a deleted state folder aside instead of asking for a password that nobody knows', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-postgres-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'precious'), 'kept');
  // What initdb itself does is tried by every other test that starts a database.
  await writeFile(join(folder, 'initdb'), '#!/bin/sh\n');
  await chmod(join(folder, 'initdb'), 0o755);
  const instance = { binDir: folder, dataDir, port: 0, account: undefined };

  const movedTo = await initialisePostgres(instance, 'one password');
  assert.ok(movedTo);
  assert.equal(await readFile(join(movedTo, 'precious'), 'utf8'), 'kept');
  assert.equal(await initialisePostgres(instance, 'one password'), undefined, 'its own data stay');
});

it('takes away the lock of a server that was killed, and never one whose processes still work in the folder', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'todo-chatbot-postgres-test-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const lock = join(dataDir, 'postmaster.pid');
  await writeFile(lock, `${process.pid}\n`);

  const worker = spawn('sleep', ['30'], { cwd: dataDir });
  await once(worker, 'spawn');
  await removeStrayLock(dataDir);
  assert.ok(existsSync(lock), 'a process works in the folder');
  worker.kill('SIGKILL');
  await once(worker, 'exit');

  await removeStrayLock(dataDir);
  assert.ok(!existsSync(lock), 'its process id belongs to a stranger');
});
