import { createPublicKey } from 'node:crypto';
import { BackupBroken, type BackupKind, backupKinds, listBackups, readManifest } from '@todo-chatbot/backup';
import type { BackupPlan } from './backupPlan.ts';
import { type KeyState, readKeyState } from './keyState.ts';
import { takeSet } from './takeSet.ts';

/** Data are backed up once a day. */
const dataEveryMs = 24 * 60 * 60_000;

/** What a set says of itself. */
export interface KnownSet {
  readonly takenAt: Date;
  readonly state?: string | undefined;
}

/**
 * One look at what is to be backed up: the data when the newest set is a day old, keys and log when they have changed, and after new
 * data, because a restore refuses older ones. All that it has to know stands in the newest sets, so each look may be another process's. A
 * kind that fails keeps none of the others, and is tried again with the next look: a destroyed key must leave its backup, whatever
 * becomes of the data.
 */
export async function lookWhatIsDue(options: {
  readonly take: (kind: BackupKind) => Promise<unknown>;
  /** The newest set of a kind; `undefined`: there is none that can be read. */
  readonly newest: (kind: BackupKind) => Promise<KnownSet | undefined>;
  readonly keyState: () => Promise<KeyState>;
  readonly now: () => Date;
  readonly failed: (kind: BackupKind, error: unknown) => void;
}): Promise<void> {
  const { take, newest, keyState, now, failed } = options;
  const state = await keyState();

  async function isDue(kind: BackupKind): Promise<boolean> {
    const last = await newest(kind);
    if (last === undefined) return true;
    if (kind !== 'data') return last.state !== state[kind] || isOlder(last, await newest('data'));
    const ageMs = now().getTime() - last.takenAt.getTime();
    // A set from the future is due as well: taking one says what is wrong with it, and to wait for that time would say nothing.
    return ageMs < 0 || ageMs >= dataEveryMs;
  }

  for (const kind of backupKinds) {
    try {
      if (await isDue(kind)) await take(kind);
    } catch (error) {
      failed(kind, error);
    }
  }
}

function isOlder(set: KnownSet, data: KnownSet | undefined): boolean {
  return data !== undefined && set.takenAt < data.takenAt;
}

/** One look, at a running database server. `failed` is told of each kind that could not be taken. @returns the folders of new sets */
export async function runBackupRound(
  plan: BackupPlan,
  failed: (kind: BackupKind, error: unknown) => void,
): Promise<readonly string[]> {
  const taken: string[] = [];
  const publicKey = createPublicKey(plan.signingKey);
  await lookWhatIsDue({
    take: async (kind) => taken.push(await takeSet(kind, plan)),
    newest: async (kind) => {
      const [set] = await listBackups(plan.folderOf(kind));
      if (set === undefined) return undefined;
      try {
        const { takenAt, state } = await readManifest(set, publicKey);
        return { takenAt: new Date(takenAt), state };
      } catch (error) {
        // Nobody could restore it, so it is none.
        if (error instanceof BackupBroken) return undefined;
        throw error;
      }
    },
    keyState: () => readKeyState(plan),
    now: () => new Date(),
    failed,
  });
  return taken;
}
