import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { rotateLogs, streamLog } from '../src/logs.ts';
import { waitFor } from './support/processes.ts';

describe('Logs', () => {
  it('stay bounded: a long one is moved aside in place, and its writer goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-logs-'));
    const path = join(folder, 'task.log');
    const stopping = new AbortController();
    try {
      await writeFile(path, `${'x'.repeat(10_000_000)}\n`);
      await writeFile(join(folder, 'small.log'), 'short\n');
      const rotating = rotateLogs(folder, stopping.signal);
      await waitFor('the long log to be emptied', async () => ((await stat(path)).size === 0 ? true : undefined));
      await appendFile(path, 'after\n');
      assert.equal((await stat(`${path}.1`)).size, 10_000_001);
      assert.equal(await readFile(path, 'utf8'), 'after\n');
      assert.equal(await readFile(join(folder, 'small.log'), 'utf8'), 'short\n');
      stopping.abort();
      await rotating;
    } finally {
      stopping.abort();
      await rm(folder, { recursive: true });
    }
  });

  it('are followed as they grow, and from the start again once they were emptied', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-logs-'));
    const path = join(folder, 'task.log');
    const stopping = new AbortController();
    let seen = '';
    try {
      await writeFile(path, 'one\n');
      const following = streamLog(path, {
        follow: true,
        signal: stopping.signal,
        onText: (text) => {
          seen += text;
        },
      });
      await waitFor('the first line', async () => (seen === 'one\n' ? true : undefined));
      await appendFile(path, 'two\n');
      await waitFor('the second line', async () => (seen === 'one\ntwo\n' ? true : undefined));
      await writeFile(path, 'new\n');
      await waitFor('the line after', async () => (seen === 'one\ntwo\nnew\n' ? true : undefined));
      stopping.abort();
      await following;
    } finally {
      stopping.abort();
      await rm(folder, { recursive: true });
    }
  });
});
