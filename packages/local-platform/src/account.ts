import { constants } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** An account of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who PostgreSQL runs as. `undefined`: as ourselves. PostgreSQL refuses to run as root, so root hands it to `postgres` where
 * that account exists, and to `nobody` otherwise.
 */
export async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  const found = accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody');
  if (!found) {
    throw new Error(
      'PostgreSQL does not run as root, and there is neither an account "postgres" nor "nobody" to run it as.',
    );
  }
  return found;
}

function parseAccounts(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** True when the account may pass through every existing folder on the way to the path. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const facts = await stat(folder).catch(() => undefined);
    if (facts?.isDirectory() && !mayEnter(account, facts)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(account: Account, facts: { mode: number; uid: number; gid: number }): boolean {
  if (facts.uid === account.uid) return (facts.mode & constants.S_IXUSR) !== 0;
  if (facts.gid === account.gid) return (facts.mode & constants.S_IXGRP) !== 0;
  return (facts.mode & constants.S_IXOTH) !== 0;
}
