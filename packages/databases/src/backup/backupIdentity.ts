import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { generateIdentity, identityToRecipient } from '@todo-chatbot/backup';

/** What opens backups and tells whether they are ours. */
export interface BackupIdentity {
  /** Private key of age. */
  readonly identity: string;
  readonly publicKey: KeyObject;
}

const signerLine = '# signed by ';
const identityPattern = /^AGE-SECRET-KEY-\S+$/m;

/**
 * Makes the key that opens backups: the text of its file, which belongs elsewhere, and its public half, which they are encrypted to.
 * `signingKey` is what their manifests are signed with.
 */
export async function makeIdentity(
  signingKey: KeyObject,
): Promise<{ readonly text: string; readonly recipient: string }> {
  const identity = await generateIdentity();
  const signer = createPublicKey(signingKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    text: `# Opens the backups of this platform. Keep it away from the machine that makes them.\n${signerLine}${signer}\n${identity}\n`,
    recipient: await identityToRecipient(identity),
  };
}

/** Reads a file of {@link makeIdentity}. @throws Error that says what is missing in it, never what it holds */
export async function readBackupIdentity(file: string): Promise<BackupIdentity> {
  const text = await readFile(file, 'utf8');
  const identity = identityIn(text);
  const signer = text
    .split('\n')
    .find((line) => line.startsWith(signerLine))
    ?.slice(signerLine.length);
  if (signer === undefined) throw new Error(`${file} does not say who signs the backups (a line "${signerLine}…").`);
  const publicKey = createPublicKey({ key: Buffer.from(signer, 'base64'), type: 'spki', format: 'der' });
  return { identity, publicKey };
}

/** The private key in the text of such a file, or of one that `age-keygen` wrote. @throws Error when there is none */
export function identityIn(text: string): string {
  const identity = identityPattern.exec(text)?.[0];
  if (identity === undefined) throw new Error('There is no private key of age in the file of the identity.');
  return identity;
}
