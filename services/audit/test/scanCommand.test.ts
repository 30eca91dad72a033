import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../src/scanCommand.ts', import.meta.url));

describe('the command that scans for unmasked personal data (AUD-6)', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-scan-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  function scan(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  it('names file, kind and line of what it finds, the last line included, and never the value', async () => {
    await writeFile(join(folder, 'a.txt'), 'fine\nto jane.doe@example.com\npassword=hunter2');
    const { status, stdout, stderr } = scan(folder);
    assert.equal(status, 1);
    assert.equal(stdout, 'log:a.txt:email line 2\nlog:a.txt:secret line 3\nfindings 2\n');
    for (const value of ['jane', 'hunter2']) assert.ok(!`${stdout}${stderr}`.includes(value), value);
  });

  it('ends with 0 when there is nothing to find', async () => {
    await writeFile(join(folder, 'a.txt'), 'to j***@example.com\n');
    assert.equal(scan(folder).status, 0);
  });

  it('ends with 2 when it could not look, rather than as if there was nothing', () => {
    assert.equal(scan(join(folder, 'missing')).status, 2);
    assert.equal(scan(folder, folder).status, 2);
  });
});
