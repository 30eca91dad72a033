import { createPublicKey } from 'node:crypto';
import { checkBackup, rotateBackups, takeBackup } from '@todo-chatbot/backup';
import { appIds, databaseNameOf } from '@todo-chatbot/contracts';
import type { StateLayout } from '../layout.ts';
import { backupConnection } from '../postgres.ts';
import { ensureBackupKeys, readRecipient } from './backupKeys.ts';

/** Sets of data that are kept: two weeks of nightly ones. */
const keptDataSets = 14;
/** A second set of keys would keep those that were destroyed since it was made. */
const keptKeySets = 1;

/** Tables that are backed up apart from everything else: what opens the rest, and whose key is gone. */
const keyTables = ['data_keys', 'destroyed_keys', 'master_keys'];

/** The audit log comes last, so that it knows of what the others did before. */
const inOrder = [...appIds.filter((appId) => appId !== 'audit'), 'audit'] as const;

/** Where the database server is. */
export interface DatabaseServer {
  readonly port: number;
  /** PEM. */
  readonly ca: string;
}

/** Takes a set of a kind, checks its files, and removes the ones that it replaces. @returns the folder of the set */
export async function takeSet(kind: 'data' | 'keys', layout: StateLayout, server: DatabaseServer): Promise<string> {
  const recipient = await readRecipient(layout);
  if (recipient === undefined) {
    throw new Error('Nobody could open a backup yet. Make a key first: npm run backup -- key FILE');
  }
  const { databasePassword, signingKey } = await ensureBackupKeys(layout);
  const folder = layout.backupsDir(kind);
  const set = await takeBackup({
    kind,
    databases: inOrder.map((appId) => {
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
  await rotateBackups(folder, kind === 'keys' ? keptKeySets : keptDataSets);
  return set;
}
