import { rename, rm, stat } from 'node:fs/promises';
import { type BackupSets, openBackups } from '@todo-chatbot/backup';
import { appIds, databaseNameOf } from '@todo-chatbot/contracts';
import { provisionDatabases, readBackupIdentity, restoreDatabases } from '@todo-chatbot/databases';
import { unprivilegedAccount } from '../account.ts';
import { ensureArtifacts } from '../artifacts/artifacts.ts';
import { defaultCacheDir } from '../artifacts/layout.mjs';
import { mapApps, readCredentials } from '../credentials.ts';
import { isMissing } from '../files.ts';
import { endProcess, hasEnded, launch } from '../launch.ts';
import type { StateLayout } from '../layout.ts';
import { readCertificate } from '../platformPki.ts';
import { type PlatformState, readPlatformState } from '../platformState.ts';
import {
  configurePostgres,
  initialisePostgres,
  type PostgresInstance,
  postgresDataDir,
  postgresLaunchSpec,
  waitForPostgres,
} from '../postgres.ts';
import type { ProgressReporter } from '../progress.ts';
import { ensureBackupKeys } from './backupKeys.ts';

const stopGraceMs = 30_000;

/**
 * Makes the databases of a stopped platform anew from a backup. Everything is checked before anything is touched; the new ones are made
 * beside and take their place when they are whole, whatever cuts this short. Those that were there are kept. Nobody is signed in
 * afterwards. The secrets of the state folder are needed: without the master key nothing that is sealed opens.
 * @returns where the databases are that were there before, if there were any.
 */
export async function restorePlatform(options: {
  readonly layout: StateLayout;
  readonly sets: BackupSets;
  readonly identityFile: string;
  readonly progress: ProgressReporter;
}): Promise<string | undefined> {
  const { layout, sets, identityFile, progress } = options;
  const { identity, publicKey } = await readBackupIdentity(identityFile);
  const manifests = await progress.step('Checking the backup', async () => openBackups({ sets, publicKey, identity }));
  const state = await readPlatformState(layout.stateDir);
  const artifacts = await ensureArtifacts({ cacheDir: defaultCacheDir(process.env), progress });
  const account = await unprivilegedAccount();
  const dataDir = await postgresDataDir(layout.stateDir, account);
  const draft = `${dataDir}-restoring`;
  await rm(draft, { recursive: true, force: true });
  const instance = { binDir: artifacts.postgresBinDir, dataDir: draft, port: state.postgres.port, account };
  try {
    await withServer(instance, layout, async () => {
      const { superuser } = state.postgres;
      await restoreDatabases({
        databases: await mapApps(async (appId) => ({
          owner: state.apps[appId].databaseOwner,
          superuser: { ...superuser, database: databaseNameOf(appId) },
        })),
        sets,
        manifests,
        identity,
        step: progress.step,
      });
    });
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  const kept = await moveAside(dataDir);
  await rename(draft, dataDir);
  return kept;
}

/** Runs a server of its own on new data, with the roles and the empty databases of the platform. */
async function withServer(instance: PostgresInstance, layout: StateLayout, work: () => Promise<void>): Promise<void> {
  const credentials = await readCredentials(layout.secretsDir);
  await initialisePostgres(instance, credentials.postgresSuperuserPassword);
  await configurePostgres(instance, { certificate: await readCertificate(layout, 'postgres'), appIds });
  const server = await launch(postgresLaunchSpec(instance, layout.logFile('postgres')));
  try {
    const state = await readPlatformState(layout.stateDir);
    await waitForPostgres(state.postgres.superuser, () => hasEnded(server));
    const { databasePassword } = await ensureBackupKeys(layout);
    await provisionDatabases(state.postgres.superuser, {
      databases: databasesOf(state),
      backupPassword: databasePassword,
    });
    await work();
  } finally {
    await endProcess(server, 'SIGINT', stopGraceMs);
  }
}

function databasesOf({ apps }: PlatformState) {
  return appIds.map((appId) => ({
    appId,
    password: apps[appId].databasePassword,
    ownerPassword: apps[appId].databaseOwner.password,
  }));
}

/** @returns the new place, or `undefined` when there was nothing. */
async function moveAside(dataDir: string): Promise<string | undefined> {
  try {
    await stat(dataDir);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  const place = `${dataDir}-before-restore-${new Date().toISOString().replaceAll(':', '-')}`;
  await rename(dataDir, place);
  return place;
}
