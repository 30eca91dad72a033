import type { BackupManifests, BackupSets } from '@todo-chatbot/backup';
import { type AppId, appIds, databaseNameOf, databaseOwnerOf } from '@todo-chatbot/contracts';
import type { Client } from 'pg';
import { z } from 'zod';
import { type DatabaseServer, superuserConnection, withClient } from '../connection.ts';
import { lockProvision, provisionDatabase, setAsideNameOf } from '../provision.ts';
import { type RestoredDatabase, restoreDatabases, type Step } from './restoreDatabases.ts';

/**
 * Restores a backup into new databases of a running server, in the place of those that are there: they are set aside, and come back when
 * this fails, or with the next try when it is cut short. No service can enter a new database before all of them are whole, and nobody but
 * the superuser those from before. Roles and databases have to be provisioned.
 * @returns the names that the databases from before have now
 * @throws Error while somebody is connected
 */
export async function restoreInPlace(options: {
  readonly server: DatabaseServer;
  readonly superuserPassword: string;
  readonly sets: BackupSets;
  readonly manifests: BackupManifests;
  /** Private key of age. */
  readonly identity: string;
  readonly step: Step;
}): Promise<readonly string[]> {
  const { server, superuserPassword, sets, manifests, identity, step } = options;
  const connectionsTo = (appId: AppId): RestoredDatabase => {
    const superuser = superuserConnection(server, { password: superuserPassword, database: databaseNameOf(appId) });
    // What the migrations make is the owner's, whose password nobody has to know here.
    return { superuser, owner: { ...superuser, options: `-c role=${databaseOwnerOf(appId)}` } };
  };
  return withClient(superuserConnection(server, { password: superuserPassword }), async (client) => {
    await lockProvision(client);
    await refuseWhileInUse(client);
    await putBack(client);
    try {
      await setAside(client);
      const databases = {
        auth: connectionsTo('auth'),
        'chat-gateway': connectionsTo('chat-gateway'),
        task: connectionsTo('task'),
        booking: connectionsTo('booking'),
        guardrail: connectionsTo('guardrail'),
        audit: connectionsTo('audit'),
      };
      await restoreDatabases({ databases, sets, manifests, identity, step });
      return await open(client);
    } catch (error) {
      // A transaction that failed takes no other statement.
      await client.query('ROLLBACK');
      await putBack(client);
      throw error;
    }
  });
}

/** What somebody writes while the backup is restored would be lost without a word. */
async function refuseWhileInUse(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT DISTINCT datname AS name FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = ANY ($1) ORDER BY 1`,
    [appIds.map(databaseNameOf)],
  );
  const used = z.array(z.object({ name: z.string() })).parse(rows);
  if (used.length === 0) return;
  throw new Error(
    `Somebody is connected to ${used.map(({ name }) => name).join(', ')}: stop all services and the backups first.`,
  );
}

/** Renames every database that is there, and makes empty ones that no service can enter. */
async function setAside(client: Client): Promise<void> {
  await client.query('BEGIN');
  for (const appId of appIds) {
    await client.query(`ALTER DATABASE ${databaseNameOf(appId)} RENAME TO ${setAsideNameOf(appId)}`);
  }
  await client.query('COMMIT');
  for (const appId of appIds) {
    const name = databaseNameOf(appId);
    await provisionDatabase(client, appId);
    await client.query(`REVOKE CONNECT ON DATABASE ${name} FROM ${name}`);
  }
}

/** Undoes {@link setAside}, as far as it came. */
async function putBack(client: Client): Promise<void> {
  for (const appId of appIds) {
    const name = databaseNameOf(appId);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [setAsideNameOf(appId)]);
    if (rowCount === 0) continue;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`ALTER DATABASE ${setAsideNameOf(appId)} RENAME TO ${name}`);
  }
}

/** Lets the services into all new databases at once, and gives those from before names under which they stay. */
async function open(client: Client): Promise<readonly string[]> {
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const kept: string[] = [];
  await client.query('BEGIN');
  for (const appId of appIds) {
    const name = `${databaseNameOf(appId)}_before_${time}`;
    await client.query(`ALTER DATABASE ${setAsideNameOf(appId)} RENAME TO ${name}`);
    await provisionDatabase(client, appId);
    kept.push(name);
  }
  await client.query('COMMIT');
  return kept;
}
