import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { claimState } from '../src/claim.ts';
import {
  type ControlHandlers,
  controlClient,
  controlPathFor,
  type PlatformStatus,
  serveControl,
} from '../src/control.ts';
import { writePrivateFile } from '../src/files.ts';
import { stateLayout } from '../src/layout.ts';

const status: PlatformStatus = {
  ready: true,
  phase: 'running',
  url: 'http://localhost:1',
  mailUrl: 'http://localhost:2',
  processes: [],
};

function handlers(asked: string[]): ControlHandlers {
  return {
    status: async () => status,
    stop: async () => void asked.push('stop'),
    restart: async (name) => void asked.push(`restart ${name}`),
    kill: async (name) => {
      throw new Error(`There is no process ${name}.`);
    },
  };
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-control-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('The control socket', () => {
  it('carries requests and faults, and is closed to other accounts', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'control.sock');
      const asked: string[] = [];
      const server = await serveControl(path, handlers(asked));
      try {
        assert.equal((await stat(path)).mode & 0o777, 0o600);
        const client = controlClient(path);
        assert.deepEqual(await client.status(), status);
        await client.restart('chat-gateway');
        await client.stop();
        assert.deepEqual(asked, ['restart chat-gateway', 'stop']);
        await assert.rejects(client.kill('x'), /There is no process x/);
      } finally {
        server.close();
      }
    }));

  it('finds a short path for a state folder with a long one, in a folder of its own account', async () => {
    const layout = stateLayout(join(tmpdir(), 'x'.repeat(120)));
    const path = await controlPathFor(layout);
    assert.ok(Buffer.byteLength(path) <= 100);
    assert.equal((await stat(join(path, '..'))).mode & 0o777, 0o700);
    assert.equal(await controlPathFor(layout), path);
    assert.notEqual(await controlPathFor(stateLayout(join(tmpdir(), 'y'.repeat(120)))), path);
  });
});

describe('The claim on a state folder', () => {
  it('leaves a process alone that only has the pid of one that was left behind', () =>
    withFolder(async (folder) => {
      const layout = stateLayout(folder);
      const gone = { pid: 2 ** 22 - 3, startTime: '1' };
      // Our own pid with another start time stands for a pid that was given to somebody else.
      const recycled = { pid: process.pid, startTime: '1' };
      await writePrivateFile(
        layout.supervisorFile,
        JSON.stringify({ supervisor: gone, controlPath: join(folder, 'c.sock'), children: [recycled] }),
      );
      const notices: string[] = [];
      const claim = await claimState(layout, {
        controlPath: join(folder, 'c.sock'),
        notice: (text) => notices.push(text),
      });
      assert.deepEqual(notices, ['The last run ended without a stop. It left no process.']);
      await assert.rejects(
        claimState(layout, { controlPath: join(folder, 'c.sock'), notice: () => undefined }),
        /running already/,
      );
      await claim.release();
    }));
});
