import { type BackupKind, backupKinds } from '@todo-chatbot/backup';

/** Data are backed up once a day. */
const dataEveryMs = 24 * 60 * 60_000;

/** What a set of the kind has to be newer than: changes whenever another set is wanted. */
export type KeyState = Readonly<Record<Exclude<BackupKind, 'data'>, string>>;

/**
 * One look at what is to be backed up: the data when the newest set is a day old, keys and log when they have changed, and after new
 * data, because a restore refuses older ones. A kind that fails keeps none of the others, and is tried again with the next look: a
 * destroyed key must leave its backup, whatever becomes of the data.
 */
export function createBackupRound(options: {
  readonly take: (kind: BackupKind) => Promise<unknown>;
  /** When the newest set of data was taken; `undefined`: there is none. */
  readonly newestDataAt: () => Promise<Date | undefined>;
  readonly keyState: () => Promise<KeyState>;
  readonly now: () => Date;
  readonly failed: (kind: BackupKind, error: unknown) => void;
}): () => Promise<void> {
  const { take, newestDataAt, keyState, now, failed } = options;
  const last: { keys?: string; log?: string } = {};

  async function isDataDue(): Promise<boolean> {
    const newest = await newestDataAt();
    if (newest === undefined) return true;
    const ageMs = now().getTime() - newest.getTime();
    // A set from the future is due as well: taking one says what is wrong with it, and to wait for that time would say nothing.
    return ageMs < 0 || ageMs >= dataEveryMs;
  }

  return async () => {
    const isDue = await isDataDue();
    const state = await keyState();
    let isNewData = false;
    for (const kind of backupKinds) {
      const isWanted = kind === 'data' ? isDue : isNewData || state[kind] !== last[kind];
      if (!isWanted) continue;
      try {
        await take(kind);
        if (kind === 'data') isNewData = true;
        else last[kind] = state[kind];
      } catch (error) {
        failed(kind, error);
      }
    }
  };
}
