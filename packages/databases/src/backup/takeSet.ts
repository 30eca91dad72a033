import { createPublicKey } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type BackupKind, checkBackup, rotateBackups, takeBackup } from '@todo-chatbot/backup';
import { type AppId, appIds, databaseNameOf } from '@todo-chatbot/contracts';
import { backupConnection } from '../connection.ts';
import type { BackupPlan } from './backupPlan.ts';
import { readKeyState } from './keyState.ts';

/**
 * Sets that are kept: two weeks of nightly data, the log twice, in case that the newest is damaged, and one set of keys: a second one would
 * keep those that were destroyed since it was made.
 */
const kept: Readonly<Record<BackupKind, number>> = { data: 14, log: 2, keys: 1 };

/** Tables that are backed up apart from everything else: what opens the rest, and whose key is gone. */
const keyTables = ['data_keys', 'destroyed_keys', 'master_keys'];

/**
 * Tables of which no row is backed up. What waits in the mail queue lies under a key that no erasure destroys, and would keep the addresses
 * of erased people readable for as long as the backup; a restore would send it twice. Signing keys are made anew after a restore.
 */
const neverKept = ['mail_queue', 'signing_keys'];

/** Databases that a set reads. */
const databasesOf: Readonly<Record<BackupKind, readonly AppId[]>> = {
  data: appIds.filter((appId) => appId !== 'audit'),
  log: ['audit'],
  keys: ['auth'],
};

/** Takes a set of a kind, checks its files, and removes the ones that it replaces. @returns the folder of the set */
export async function takeSet(kind: BackupKind, plan: BackupPlan): Promise<string> {
  const { server, databasePassword, signingKey, recipient } = plan;
  const folder = plan.folderOf(kind);
  const set = await takeBackup({
    kind,
    databases: databasesOf[kind].map((appId) => ({
      name: databaseNameOf(appId),
      connection: backupConnection(server, appId, databasePassword),
    })),
    isInSet: (database, table) => (database === 'auth' && keyTables.includes(table)) === (kind === 'keys'),
    isLeftEmpty: (database, table) => database === 'auth' && neverKept.includes(table),
    recipient,
    signingKey,
    folder,
    now: new Date(),
    // Read before the snapshots: what changes in between makes another set wanted, never one too few.
    state: kind === 'data' ? undefined : (await readKeyState(plan))[kind],
  });
  await checkBackup({ set, publicKey: createPublicKey(signingKey) }).catch(async (error: unknown) => {
    // It would pass for the newest.
    await rm(set, { recursive: true, force: true });
    throw error;
  });
  await rotateBackups(folder, kept[kind]);
  return set;
}
