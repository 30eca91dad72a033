import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { generateIdentity, identityToRecipient } from '@todo-chatbot/backup';
import { z } from 'zod';
import { randomPassword } from '../credentials.ts';
import {
  ensurePrivateDirectory,
  privateFileMode,
  readJsonIfPresent,
  readTextIfPresent,
  writePrivateFile,
} from '../files.ts';
import type { StateLayout } from '../layout.ts';

const generatePair = promisify(generateKeyPair);

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
    const { privateKey } = await generatePair('ed25519');
    const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    keys = { databasePassword: randomPassword(), signingKey };
    await writePrivateFile(layout.backupKeysFile, JSON.stringify(keys));
  }
  return { databasePassword: keys.databasePassword, signingKey: createPrivateKey(keys.signingKey) };
}

/** Public key of age that backups are encrypted to; `undefined`: none was made, and so there are no backups. */
export async function readRecipient(layout: StateLayout): Promise<string | undefined> {
  return (await readTextIfPresent(layout.backupRecipientFile))?.trim();
}

/** What opens backups and tells whether they are ours. */
export interface BackupIdentity {
  /** Private key of age. */
  readonly identity: string;
  readonly publicKey: KeyObject;
}

const signerLine = '# signed by ';
const identityPattern = /^AGE-SECRET-KEY-\S+$/m;

/**
 * Makes the key that opens backups, writes it into a file that is to be kept elsewhere, and leaves its public half here. Backups from
 * before stay readable with the key that they were made for.
 * @throws Error when the file exists
 */
export async function makeBackupIdentity(layout: StateLayout, file: string): Promise<void> {
  const { signingKey } = await ensureBackupKeys(layout);
  const identity = await generateIdentity();
  const signer = createPublicKey(signingKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const text = `# Opens the backups of this platform. Keep it away from the machine that makes them.\n${signerLine}${signer}\n${identity}\n`;
  await writeFile(file, text, { mode: privateFileMode, flag: 'wx' });
  await writePrivateFile(layout.backupRecipientFile, `${await identityToRecipient(identity)}\n`);
}

/** Reads a file of {@link makeBackupIdentity}. @throws Error that says what is missing in it, never what it holds */
export async function readBackupIdentity(file: string): Promise<BackupIdentity> {
  const text = await readFile(file, 'utf8');
  const identity = identityPattern.exec(text)?.[0];
  const signer = text
    .split('\n')
    .find((line) => line.startsWith(signerLine))
    ?.slice(signerLine.length);
  if (identity === undefined) throw new Error(`${file} holds no private key of age.`);
  if (signer === undefined) throw new Error(`${file} does not say who signs the backups (a line "${signerLine}…").`);
  const publicKey = createPublicKey({ key: Buffer.from(signer, 'base64'), type: 'spki', format: 'der' });
  return { identity, publicKey };
}
