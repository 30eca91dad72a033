import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unprivilegedAccount } from './account.ts';
import { postgresDataDir } from './postgres.ts';

/** Removes a state folder and the databases that belong to it. */
export async function removeState(stateDir: string): Promise<void> {
  const dataDir = await postgresDataDir(stateDir, await unprivilegedAccount());
  await rm(dirname(dataDir) === stateDir ? dataDir : dirname(dataDir), { recursive: true, force: true });
  await rm(stateDir, { recursive: true, force: true });
}
