import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BackupKind, backupKinds } from '@todo-chatbot/backup';
import { type KnownSet, lookWhatIsDue } from '../src/backup/backupRound.ts';

const dayMs = 24 * 60 * 60_000;

/** A platform with a clock, one table of keys, a disk that refuses the kinds that are named, and nothing that it remembers but its sets. */
function setUp() {
  const failures: BackupKind[] = [];
  const refused = new Set<BackupKind>();
  const sets = new Map<BackupKind, KnownSet>();
  let nowMs = Date.parse('2026-11-27T03:00:00Z');
  const state = { keys: '1', log: '0' };
  return {
    state,
    refused,
    failures,
    sets,
    setClock: (change: number) => {
      nowMs += change;
    },
    async look() {
      const taken: BackupKind[] = [];
      failures.length = 0;
      await lookWhatIsDue({
        take: async (kind) => {
          if (refused.has(kind)) throw new Error('the disk is full');
          taken.push(kind);
          nowMs += 1;
          sets.set(kind, { takenAt: new Date(nowMs), ...(kind === 'data' ? {} : { state: state[kind] }) });
        },
        newest: async (kind) => sets.get(kind),
        keyState: async () => ({ ...state }),
        now: () => new Date(nowMs),
        failed: (kind) => failures.push(kind),
      });
      return taken;
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
    platform.setClock(dayMs);
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

  it('what failed is tried again at the next look, also after new data', async () => {
    const platform = setUp();
    platform.refused.add('keys');
    assert.deepEqual(await platform.look(), ['data', 'log']);
    platform.refused.clear();
    assert.deepEqual(await platform.look(), ['keys']);
    platform.setClock(dayMs);
    platform.refused.add('log');
    assert.deepEqual(await platform.look(), ['data', 'keys']);
    platform.refused.clear();
    assert.deepEqual(await platform.look(), ['log'], 'a restore would refuse a log that is older than the data');
  });

  it('a set that cannot be read is taken anew, and one that says nothing of its state as well', async () => {
    for (const kind of backupKinds) {
      const platform = setUp();
      await platform.look();
      platform.sets.delete(kind);
      assert.ok((await platform.look()).includes(kind));
      assert.deepEqual(await platform.look(), []);
    }
    const platform = setUp();
    await platform.look();
    for (const kind of ['keys', 'log'] as const) {
      platform.sets.set(kind, { takenAt: new Date('2100-01-01T00:00:00Z') });
    }
    assert.deepEqual(await platform.look(), ['keys', 'log']);
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
