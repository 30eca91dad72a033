import { createPrivateKey, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { BackupKind } from '@todo-chatbot/backup';
import { type BackupPlan, type DatabaseServer, makeIdentity, takeSet } from '@todo-chatbot/databases';
import { newSigningKey, randomPassword } from '@todo-chatbot/manifests';
import { z } from 'zod';
import {
  ensurePrivateDirectory,
  privateFileMode,
  readJsonIfPresent,
  readTextIfPresent,
  writePrivateFile,
} from '../files.ts';
import type { StateLayout } from '../layout.ts';

const backupKeysSchema = z.strictObject({
  /** Of the role that reads every database and writes none. */
  databasePassword: z.string(),
  /** Signs manifests: Ed25519, PKCS #8 PEM. */
  signingKey: z.string(),
});

/** What the platform itself has for backups. The key that opens them is elsewhere. */
export interface BackupKeys {
  readonly databasePassword: string;
  readonly signingKey: KeyObject;
}

/** Reads the keys of a state folder, and makes them when they are missing. */
export async function ensureBackupKeys(layout: StateLayout): Promise<BackupKeys> {
  await ensurePrivateDirectory(layout.backupKeysDir);
  let keys = await readJsonIfPresent(layout.backupKeysFile, backupKeysSchema);
  if (!keys) {
    keys = { databasePassword: randomPassword(), signingKey: await newSigningKey() };
    await writePrivateFile(layout.backupKeysFile, JSON.stringify(keys));
  }
  return { databasePassword: keys.databasePassword, signingKey: createPrivateKey(keys.signingKey) };
}

/** Public key of age that backups are encrypted to; `undefined`: none was made, and so there are no backups. */
export async function readRecipient(layout: StateLayout): Promise<string | undefined> {
  return (await readTextIfPresent(layout.backupRecipientFile))?.trim();
}

/** How backups of this platform are made; `undefined`: nobody could open them yet. */
export async function readBackupPlan(layout: StateLayout, server: DatabaseServer): Promise<BackupPlan | undefined> {
  const recipient = await readRecipient(layout);
  if (recipient === undefined) return undefined;
  return { server, recipient, folderOf: layout.backupsDir, ...(await ensureBackupKeys(layout)) };
}

/** Takes a set of a kind now. @returns its folder @throws Error when nobody could open it */
export async function takeSetNow(kind: BackupKind, layout: StateLayout, server: DatabaseServer): Promise<string> {
  const plan = await readBackupPlan(layout, server);
  if (!plan) throw new Error('Nobody could open a backup yet. Make a key first: npm run backup -- key FILE');
  return takeSet(kind, plan);
}

/**
 * Makes the key that opens backups, writes it into a file that is to be kept elsewhere, and leaves its public half here. Backups from
 * before stay readable with the key that they were made for.
 * @throws Error when the file exists
 */
export async function makeBackupIdentity(layout: StateLayout, file: string): Promise<void> {
  const { text, recipient } = await makeIdentity((await ensureBackupKeys(layout)).signingKey);
  await writeFile(file, text, { mode: privateFileMode, flag: 'wx' });
  await writePrivateFile(layout.backupRecipientFile, `${recipient}\n`);
}
