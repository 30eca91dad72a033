import { type BackupManifests, type BackupSets, restoreDatabase } from '@todo-chatbot/backup';
import { type AppId, appIds, databaseNameOf } from '@todo-chatbot/contracts';
import type { PostgresConnection } from '../connection.ts';
import { migrateServiceDatabase } from '../migrate.ts';
import { destroyErasedKeys } from './destroyErasedKeys.ts';
import { endSignIns } from './endSignIns.ts';

/** An empty database that takes the rows of a service. */
export interface RestoredDatabase {
  /** Owns the tables. */
  readonly owner: PostgresConnection;
  readonly superuser: PostgresConnection;
}

/** Does a piece of work under a label; `detail` says what came of it. */
export type Step = (label: string, work: (detail: (text: string) => void) => Promise<void>) => Promise<void>;

/**
 * Fills empty databases with the rows of a backup that was checked, and brings them to where services may use them: the tables of the
 * backup, its rows, the newer migrations. Nobody is signed in, and erased people have no key.
 */
export async function restoreDatabases(options: {
  readonly databases: Readonly<Record<AppId, RestoredDatabase>>;
  readonly sets: BackupSets;
  readonly manifests: BackupManifests;
  /** Private key of age. */
  readonly identity: string;
  readonly step: Step;
}): Promise<void> {
  const { databases, sets, manifests, identity, step } = options;
  for (const appId of appIds) {
    await step(appId, async (detail) => {
      const database = databaseNameOf(appId);
      const { owner, superuser } = databases[appId];
      await migrateServiceDatabase(appId, owner, manifests[appId === 'audit' ? 'log' : 'data'].migrations[database]);
      const restored = await restoreDatabase({ database, connection: superuser, sets, manifests, identity });
      await migrateServiceDatabase(appId, owner);
      if (appId === 'auth') await endSignIns(superuser);
      detail(`${restored.tables} tables, ${restored.rows} rows`);
    });
  }
  await step('Destroying the keys of erased people', async (detail) => {
    const destroyed = await destroyErasedKeys({ audit: databases.audit.superuser, auth: databases.auth.superuser });
    detail(`${destroyed} that came back`);
  });
}
