import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BackupKind } from '@todo-chatbot/backup';
import { createBackupRound } from '../src/backup/backupRound.ts';

const dayMs = 24 * 60 * 60_000;

/** A platform with a clock, one table of keys and a disk that refuses the kinds that are named. */
function setUp() {
  const taken: BackupKind[] = [];
  const failures: BackupKind[] = [];
  const refused = new Set<BackupKind>();
  let nowMs = Date.parse('2026-11-27T03:00:00Z');
  let newestData: Date | undefined;
  const state = { keys: '1', log: '0' };
  const round = createBackupRound({
    take: async (kind) => {
      if (refused.has(kind)) throw new Error('the disk is full');
      taken.push(kind);
      if (kind === 'data') newestData = new Date(nowMs);
    },
    newestDataAt: async () => newestData,
    keyState: async () => ({ ...state }),
    now: () => new Date(nowMs),
    failed: (kind) => failures.push(kind),
  });
  return {
    state,
    refused,
    failures,
    setClock: (change: number) => {
      nowMs += change;
    },
    async look() {
      taken.length = 0;
      failures.length = 0;
      await round();
      return [...taken];
    },
  };
}

describe('What is backed up when (DATA-3)', () => {
  it('data once a day, with keys and log that are not older; keys and log at each change of theirs', async () => {
    const platform = setUp();
    assert.deepEqual(await platform.look(), ['data', 'keys', 'log']);
    assert.deepEqual(await platform.look(), []);
    platform.state.keys = '2';
    assert.deepEqual(await platform.look(), ['keys']);
    Object.assign(platform.state, { keys: '3', log: '1' });
    assert.deepEqual(await platform.look(), ['keys', 'log']);
    platform.setClock(dayMs - 1);
    assert.deepEqual(await platform.look(), []);
    platform.setClock(1);
    assert.deepEqual(await platform.look(), ['data', 'keys', 'log']);
  });

  it('a destroyed key leaves its backup although the data cannot be backed up (PRIV-4)', async () => {
    const platform = setUp();
    await platform.look();
    platform.setClock(dayMs);
    platform.refused.add('data');
    Object.assign(platform.state, { keys: '2', log: '1' });
    assert.deepEqual(await platform.look(), ['keys', 'log']);
    assert.deepEqual(platform.failures, ['data']);
    assert.deepEqual(await platform.look(), [], 'what is done is not done again each minute');
    platform.refused.clear();
    assert.deepEqual(await platform.look(), ['data', 'keys', 'log']);
  });

  it('what failed is tried again at the next look', async () => {
    const platform = setUp();
    platform.refused.add('keys');
    assert.deepEqual(await platform.look(), ['data', 'log']);
    platform.refused.clear();
    assert.deepEqual(await platform.look(), ['keys']);
  });

  it('a set from a clock that was wrong does not stop the backups without a word', async () => {
    const platform = setUp();
    await platform.look();
    platform.setClock(-400 * dayMs);
    platform.refused.add('data');
    await platform.look();
    assert.deepEqual(platform.failures, ['data']);
  });
});
