import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { type AppId, appIds, backupRole, databaseNameOf, databaseOwnerOf } from '@todo-chatbot/contracts';
import type { Client } from 'pg';
import { type PostgresConnection, type ServiceDatabase, withClient } from './connection.ts';

/**
 * One service cannot take every connection of the server (`max_connections` in packages/manifests/src/postgres/server.ts): seven replicas,
 * the most there are with the one that is being replaced, with a pool of ten, a listener and the jobs of each.
 */
const connectionsPerRole = 100;
/** A statement of a request takes milliseconds; one that takes longer than this is stuck. */
const statementTimeoutMs = 10_000;
const lockTimeoutMs = 5_000;
const idleInTransactionTimeoutMs = 15_000;
/** A backup holds its snapshots until its last table is written. */
const backupTimeoutMs = 60 * 60_000;
/** RFC 5802 asks for 4096 iterations at least; PostgreSQL's own default too. The passwords are random, so more gains nothing. */
const scramIterations = 4096;
/** Whoever provisions holds this lock of the database `postgres`: two that make the same role at once would fail. */
const provisionLock = 'provision of todo-chatbot';
/** The other one is done in seconds. */
const provisionLockTimeoutMs = 60_000;

/** Name of a database from before a restore for as long as the new one is not whole: while there is one, a restore is unfinished. */
export const setAsideNameOf = (appId: AppId) => `${databaseNameOf(appId)}_before_restore`;

/**
 * Makes the roles and the database of each service, or brings them up to date. Safe to repeat, and for two at once.
 * @throws Error after a restore that was cut short
 */
export async function provisionDatabases(
  superuser: PostgresConnection,
  { databases, backupPassword }: { readonly databases: readonly ServiceDatabase[]; readonly backupPassword: string },
): Promise<void> {
  await withClient(superuser, async (client) => {
    await lockProvision(client);
    await refuseAfterCutRestore(client);
    await client.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
    await client.query('REVOKE CONNECT ON DATABASE template1 FROM PUBLIC');
    await provisionBackupRole(client, backupPassword);
    for (const database of databases) await provisionService(client, database);
  });
}

/** Waits until nobody else provisions or restores; held until the connection, to the database `postgres`, ends. */
export async function lockProvision(client: Client): Promise<void> {
  await client.query(`SET lock_timeout = ${provisionLockTimeoutMs}`);
  await client.query('SELECT pg_advisory_lock(hashtext($1))', [provisionLock]);
}

/** Rights on databases that are half restored would let services in, and the next restore would drop what they write. */
async function refuseAfterCutRestore(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = ANY ($1)', [
    appIds.map(setAsideNameOf),
  ]);
  if (rowCount === 0) return;
  throw new Error('A restore was cut short: start it again before anything else (docs/operations/restore.md).');
}

async function provisionBackupRole(client: Client, password: string): Promise<void> {
  await provisionRole(client, backupRole, password);
  await client.query(`GRANT pg_read_all_data TO ${backupRole} WITH INHERIT TRUE`);
  await client.query(`ALTER ROLE ${backupRole} SET default_transaction_read_only = on`);
  await client.query(`ALTER ROLE ${backupRole} SET statement_timeout = ${backupTimeoutMs}`);
}

async function provisionService(client: Client, { appId, password, ownerPassword }: ServiceDatabase): Promise<void> {
  const name = databaseNameOf(appId);
  const owner = databaseOwnerOf(appId);
  await provisionRole(client, owner, ownerPassword);
  // A migration that waits for a table has every request wait behind it. It gives up, and its Job tries again.
  await client.query(`ALTER ROLE ${owner} SET lock_timeout = ${lockTimeoutMs}`);
  await provisionRole(client, name, password);
  await client.query(`ALTER ROLE ${name} SET statement_timeout = ${statementTimeoutMs}`);
  await client.query(`ALTER ROLE ${name} SET lock_timeout = ${lockTimeoutMs}`);
  await client.query(`ALTER ROLE ${name} SET idle_in_transaction_session_timeout = ${idleInTransactionTimeoutMs}`);
  await provisionDatabase(client, appId);
}

/**
 * Makes a database, if there is none, that its service's roles can use. The roles have to be there; names come from the closed list of app
 * ids, so they are safe to write into SQL.
 */
export async function provisionDatabase(client: Client, appId: AppId): Promise<void> {
  const name = databaseNameOf(appId);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${databaseOwnerOf(appId)}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${name}, ${backupRole}`);
}

async function provisionRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${role}`);
  await client.query(
    `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT
     CONNECTION LIMIT ${connectionsPerRole} PASSWORD '${scramVerifier(password)}'`,
  );
}

/**
 * What PostgreSQL stores of a password (RFC 5803, as in its pg_authid), so that the password itself never travels in a statement.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, scramIterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${scramIterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
