import { basename } from 'node:path';
import { listBackups } from '@todo-chatbot/backup';
import { z } from 'zod';
import type { StateLayout } from '../layout.ts';
import { backupConnection, withClient } from '../postgres.ts';
import { ensureBackupKeys, readRecipient } from './backupKeys.ts';
import { type DatabaseServer, takeSet } from './takeBackups.ts';

/** Data are backed up once a day. */
const dataEveryMs = 24 * 60 * 60_000;
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
  let last: KeyState | undefined;
  let isBusy = false;

  async function round(): Promise<void> {
    if ((await readRecipient(layout)) === undefined) return;
    const [newest] = await listBackups(layout.backupsDir('data'));
    const isDue = newest === undefined || Date.now() - takenAt(newest) >= dataEveryMs;
    const now = await keyStateOf(layout, server);
    if (isDue) await takeSet('data', layout, server);
    if (isDue || now.all !== last?.all) await takeSet('keys', layout, server);
    if (isDue || now.destroyed !== last?.destroyed) await takeSet('log', layout, server);
    last = now;
  }
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    round()
      .catch((error: unknown) => notice(`The backup failed: ${error instanceof Error ? error.message : error}`))
      .finally(() => {
        isBusy = false;
      });
  }, lookEveryMs);
  signal.addEventListener('abort', () => clearInterval(timer));
}

interface KeyState {
  /** Changes whenever a key is made, wrapped anew or destroyed. */
  readonly all: string;
  readonly destroyed: string;
}

const keyStateRowsSchema = z.tuple([z.object({ all: z.string(), destroyed: z.string() })]);

async function keyStateOf(layout: StateLayout, server: DatabaseServer): Promise<KeyState> {
  const { databasePassword: password } = await ensureBackupKeys(layout);
  return withClient(backupConnection(server.port, { ca: server.ca, database: 'auth', password }), async (client) => {
    const { rows } = await client.query(
      `SELECT concat_ws(' ', count(*), max(created_at), max(xmin::text::bigint)) AS all,
         (SELECT count(*)::text FROM destroyed_keys) AS destroyed
       FROM data_keys`,
    );
    return keyStateRowsSchema.parse(rows)[0];
  });
}

/** The name of a set is when it was taken, with dashes for colons. */
function takenAt(set: string): number {
  return Date.parse(basename(set).replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
}
