import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { initialisePostgres } from '../src/postgres.ts';

it('refuses databases of another state folder at once, and says what to do', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-postgres-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  await assert.rejects(
    initialisePostgres({ binDir: '/nowhere', dataDir, port: 0, account: undefined }, 'another password'),
    /belong to a state folder that is gone.*Delete .*, then start again/,
  );
});
