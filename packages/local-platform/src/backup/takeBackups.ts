import { createPublicKey } from 'node:crypto';
import { type BackupKind, checkBackup, rotateBackups, takeBackup } from '@todo-chatbot/backup';
import { type AppId, appIds, databaseNameOf } from '@todo-chatbot/contracts';
import type { StateLayout } from '../layout.ts';
import { backupConnection } from '../postgres.ts';
import { ensureBackupKeys, readRecipient } from './backupKeys.ts';

/**
 * Sets that are kept: two weeks of nightly data, the log twice, in case that the newest is damaged, and one set of keys: a second one would
 * keep those that were destroyed since it was made.
 */
const kept: Readonly<Record<BackupKind, number>> = { data: 14, log: 2, keys: 1 };

/** Tables that are backed up apart from everything else: what opens the rest, and whose key is gone. */
const keyTables = ['data_keys', 'destroyed_keys', 'master_keys'];

/** Databases that a set reads. */
const databasesOf: Readonly<Record<BackupKind, readonly AppId[]>> = {
  data: appIds.filter((appId) => appId !== 'audit'),
  log: ['audit'],
  keys: ['auth'],
};

/** Where the database server is. */
export interface DatabaseServer {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
}

/** Takes a set of a kind, checks its files, and removes the ones that it replaces. @returns the folder of the set */
export async function takeSet(kind: BackupKind, layout: StateLayout, server: DatabaseServer): Promise<string> {
  const recipient = await readRecipient(layout);
  if (recipient === undefined) {
    throw new Error('Nobody could open a backup yet. Make a key first: npm run backup -- key FILE');
  }
  const { databasePassword, signingKey } = await ensureBackupKeys(layout);
  const folder = layout.backupsDir(kind);
  const set = await takeBackup({
    kind,
    databases: databasesOf[kind].map((appId) => {
      const name = databaseNameOf(appId);
      return {
        name,
        connection: backupConnection(server.port, { ca: server.ca, database: name, password: databasePassword }),
      };
    }),
    isInSet: (database, table) => (database === 'auth' && keyTables.includes(table)) === (kind === 'keys'),
    recipient,
    signingKey,
    folder,
    now: new Date(),
  });
  await checkBackup({ set, publicKey: createPublicKey(signingKey) });
  await rotateBackups(folder, kept[kind]);
  return set;
}
