import { basename } from 'node:path';
import { listBackups } from '@todo-chatbot/backup';
import { z } from 'zod';
import type { StateLayout } from '../layout.ts';
import { backupConnection, withClient } from '../postgres.ts';
import { ensureBackupKeys, readRecipient } from './backupKeys.ts';
import { createBackupRound, type KeyState } from './backupRound.ts';
import { type DatabaseServer, takeSet } from './takeBackups.ts';

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
  const round = createBackupRound({
    take: (kind) => takeSet(kind, layout, server),
    newestDataAt: async () => {
      const [newest] = await listBackups(layout.backupsDir('data'));
      return newest === undefined ? undefined : takenAt(newest);
    },
    keyState: () => keyStateOf(layout, server),
    now: () => new Date(),
    failed: (_kind, error) => tell(error),
  });
  const look = async () => {
    if ((await readRecipient(layout)) !== undefined) await round();
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

const keyStateRowsSchema = z.tuple([z.object({ keys: z.string(), log: z.string() })]);

/** Of the keys: changes whenever one is made, wrapped anew or destroyed. Of the log: whenever one is destroyed. */
async function keyStateOf(layout: StateLayout, server: DatabaseServer): Promise<KeyState> {
  const { databasePassword: password } = await ensureBackupKeys(layout);
  return withClient(backupConnection(server.port, { ca: server.ca, database: 'auth', password }), async (client) => {
    const { rows } = await client.query(
      `SELECT concat_ws(' ', count(*), max(created_at), max(xmin::text::bigint)) AS keys,
         (SELECT count(*)::text FROM destroyed_keys) AS log
       FROM data_keys`,
    );
    return keyStateRowsSchema.parse(rows)[0];
  });
}

/** The name of a set is when it was taken, with dashes for colons. */
function takenAt(set: string): Date {
  return new Date(basename(set).replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
}
