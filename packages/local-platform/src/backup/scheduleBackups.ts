import { type DatabaseServer, runBackupRound } from '@todo-chatbot/databases';
import type { StateLayout } from '../layout.ts';
import { readBackupPlan } from './backupKeys.ts';

/** A destroyed key leaves the backup within this time. */
const lookEveryMs = 60_000;

/**
 * Takes backups for as long as the platform runs, one after the other: the data when the newest set is a day old, the keys within a
 * minute of each change, the log within a minute of each erasure, whose certificate is in it. Without a recipient there are none.
 */
export function scheduleBackups(options: {
  readonly layout: StateLayout;
  readonly server: DatabaseServer;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}): void {
  const { layout, server, signal, notice } = options;
  const tell = (error: unknown) => notice(`The backup failed: ${error instanceof Error ? error.message : error}`);
  let isBusy = false;
  const look = async () => {
    const plan = await readBackupPlan(layout, server);
    if (plan) await runBackupRound(plan, (_kind, error) => tell(error));
  };
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    look()
      .catch(tell)
      .finally(() => {
        isBusy = false;
      });
  }, lookEveryMs);
  signal.addEventListener('abort', () => clearInterval(timer));
}
