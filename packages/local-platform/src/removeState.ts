import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unprivilegedAccount } from './account.ts';
import { stateLayout } from './layout.ts';
import { postgresDataDir } from './postgres.ts';

/** Removes the databases and the broker's data of a stopped platform and nothing else, as a lost disk does: for restore drills. */
export async function removeDatabases(stateDir: string): Promise<void> {
  await rm(await postgresDataDir(stateDir, await unprivilegedAccount()), { recursive: true });
  await rm(stateLayout(stateDir).kafkaDir, { recursive: true });
}

/** Removes a state folder and the databases that belong to it. */
export async function removeState(stateDir: string): Promise<void> {
  const dataDir = await postgresDataDir(stateDir, await unprivilegedAccount());
  await rm(dirname(dataDir) === stateDir ? dataDir : dirname(dataDir), { recursive: true, force: true });
  await rm(stateDir, { recursive: true, force: true });
}
