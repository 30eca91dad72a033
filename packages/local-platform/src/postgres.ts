import { spawn } from 'node:child_process';
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppId, databaseNameOf } from '@todo-chatbot/contracts';
import { migrateDatabase } from '@todo-chatbot/service-kit/migrate';
import pg from 'pg';
import { type Account, canReach } from './account.ts';
import { isMissing, privateDirectoryMode, privateFileMode, readTextIfPresent } from './files.ts';
import type { LaunchSpec } from './launch.ts';
import type { KeyedCertificate } from './pki.ts';

/** A PostgreSQL server of ours: where its programs and data lie, and who runs it. */
export interface PostgresInstance {
  readonly binDir: string;
  readonly dataDir: string;
  readonly port: number;
  readonly account: Account | undefined;
}

/** How to connect; `ca` is the PEM text that the server's certificate is checked against. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: { readonly ca: string };
}

/** A service's database with the passwords of its two roles. */
export interface ServiceDatabase {
  readonly appId: AppId;
  readonly password: string;
  readonly ownerPassword: string;
}

/** Role that only the platform uses, to make the others. */
const superuserName = 'postgres';
/** Role that reads every database for backups, and writes nothing. */
const backupRole = 'todo_chatbot_backup';

/** Six services with a pool of ten each, their relays' listeners, and room for tools. */
const maxConnections = 120;
/** One service cannot take every connection of the server. */
const connectionsPerRole = 30;
/** A statement of a request takes milliseconds; one that takes longer than this is stuck. */
const statementTimeoutMs = 10_000;
const lockTimeoutMs = 5_000;
const idleInTransactionTimeoutMs = 15_000;
/** A backup holds its snapshots until its last table is written. */
const backupTimeoutMs = 60 * 60_000;
/** Where the account finds data and programs when the folders of root are closed to it. */
const sharedRoot = '/var/lib/todo-chatbot';
/** SHA-256 of the superuser's random password, in the data folder. */
const fingerprintFile = 'made-for.sha256';
const startDeadlineMs = 60_000;
const connectRetryMs = 100;
/** RFC 5802 asks for 4096 iterations at least; PostgreSQL's own default too. The passwords are random, so more gains nothing. */
const scramIterations = 4096;

const migrationTables = [
  { table: 'kit_migrations', directory: () => fileURLToPath(new URL('../../service-kit/migrations', import.meta.url)) },
  {
    table: 'migrations',
    directory: (appId: AppId) =>
      fileURLToPath(new URL(`../../../services/${appId}/prisma/migrations`, import.meta.url)),
  },
] as const;

/**
 * Where the data of a state folder lie: inside it, and beside it when root hands PostgreSQL to an account that may not enter
 * the folder, and under /var/lib when that account cannot get there either.
 */
export async function postgresDataDir(stateDir: string, account: Account | undefined): Promise<string> {
  if (!account) return join(stateDir, 'postgres');
  const name = createHash('sha256').update(stateDir).digest('hex').slice(0, 16);
  const beside = join(`${stateDir}-postgres`, 'data');
  const shared = join(sharedRoot, name, 'data');
  // Data stay where they were made, whatever became of the modes of the folders above since.
  for (const present of [beside, shared]) if (await exists(present)) return present;
  return (await canReach(account, dirname(stateDir))) ? beside : shared;
}

/**
 * Makes the data folder if there is none. The superuser's password reaches initdb in a file that is removed afterwards. Data whose
 * state folder was deleted are of no use, since nobody knows their passwords, but they are not ours to delete: they are moved aside.
 * @returns where to, if so.
 */
export async function initialisePostgres(
  instance: PostgresInstance,
  superuserPassword: string,
): Promise<string | undefined> {
  const { dataDir, account } = instance;
  const fingerprint = createHash('sha256').update(superuserPassword).digest('hex');
  let movedTo: string | undefined;
  if (await exists(dataDir)) {
    if ((await readTextIfPresent(join(dataDir, fingerprintFile))) === fingerprint) return undefined;
    movedTo = `${dataDir}-of-deleted-state-${randomBytes(4).toString('hex')}`;
    await rename(dataDir, movedTo);
  }
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o755 });
  // The data take their name when they are whole: an initdb that was cut short leaves a draft, which is thrown away.
  const draft = `${dataDir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: privateDirectoryMode });
  await own(draft, account);
  const passwordFile = join(tmpdir(), `todo-chatbot-${randomBytes(8).toString('hex')}`);
  try {
    await writeFile(passwordFile, superuserPassword, { mode: privateFileMode, flag: 'wx' });
    await own(passwordFile, account);
    await runInitdb({ ...instance, dataDir: draft }, passwordFile);
    await writeFile(join(draft, fingerprintFile), fingerprint, { mode: privateFileMode });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, dataDir);
  return movedTo;
}

/**
 * Removes the lock file of a server that was killed. PostgreSQL would refuse to start when the process id in it belongs to another
 * process by now. The file stays while any process works in the data folder, which is where servers and their children do.
 */
export async function removeStrayLock(dataDir: string): Promise<void> {
  const folder = await realpath(dataDir);
  const pids = await readdir('/proc').catch(() => undefined);
  if (!pids) return;
  const workFolders = await Promise.all(
    pids.filter((name) => /^\d+$/.test(name)).map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => undefined)),
  );
  if (!workFolders.includes(folder)) await rm(join(folder, 'postmaster.pid'), { force: true });
}

async function runInitdb({ binDir, dataDir, account }: PostgresInstance, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${dataDir}`,
    `--username=${superuserName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(join(binDir, 'initdb'), args, {
    cwd: dataDir,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb ended with code ${code}: ${output.join('').slice(-2000)}`);
}

/** Writes the server's whole configuration and its certificate. Done at each start, so that it follows the code. */
export async function configurePostgres(
  { dataDir, port, account }: PostgresInstance,
  options: { certificate: KeyedCertificate; appIds: readonly AppId[]; settings?: Readonly<Record<string, string>> },
): Promise<void> {
  const settings = { ...serverSettings(port), ...options.settings };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  const files = {
    'postgresql.conf': `${lines.join('\n')}\n`,
    'pg_hba.conf': accessRules(options.appIds),
    'server.crt': options.certificate.certificate,
    'server.key': options.certificate.privateKey,
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(dataDir, name);
    await rm(path, { force: true });
    await writeFile(path, content, { mode: privateFileMode, flag: 'wx' });
    await own(path, account);
  }
}

function serverSettings(port: number): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: the one way in is TLS with a password.
    unix_socket_directories: '',
    max_connections: String(maxConnections),
    shared_buffers: '64MB',
    password_encryption: 'scram-sha-256',
    ssl: 'on',
    ssl_min_protocol_version: 'TLSv1.2',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'iso, mdy',
    // Parameters of a failed statement may be personal data.
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
}

/** Each role may enter its own database only, over TLS and with a password; everything else is refused. */
function accessRules(appIds: readonly AppId[]): string {
  const rule = (database: string, user: string) => `hostssl ${database} ${user} 127.0.0.1/32 scram-sha-256`;
  const own = appIds.flatMap((appId) => {
    const name = databaseNameOf(appId);
    return [rule(name, name), rule(name, `${name}_owner`), rule(name, backupRole)];
  });
  return `${[rule('all', superuserName), ...own].join('\n')}\n`;
}

/** The server process. It is asked to stop with SIGINT: PostgreSQL's fast shutdown. */
export function postgresLaunchSpec({ binDir, dataDir, account }: PostgresInstance, logFile: string): LaunchSpec {
  return {
    command: join(binDir, 'postgres'),
    args: ['-D', dataDir],
    cwd: dataDir,
    env: { LC_ALL: 'C' },
    logFile,
    account,
  };
}

/** Connection of the superuser, to the database `postgres` unless another is named. */
export function superuserConnection(
  port: number,
  options: { password: string; ca: string; database?: string },
): PostgresConnection {
  return {
    host: '127.0.0.1',
    port,
    database: options.database ?? 'postgres',
    user: superuserName,
    password: options.password,
    ssl: { ca: options.ca },
  };
}

/** Connections of a service's run-time role and of the owner of its database. */
export function serviceConnections(
  port: number,
  options: { database: ServiceDatabase; ca: string },
): { runtime: PostgresConnection; owner: PostgresConnection } {
  const { appId, password, ownerPassword } = options.database;
  const name = databaseNameOf(appId);
  const common = { host: '127.0.0.1', port, database: name, ssl: { ca: options.ca } };
  return {
    runtime: { ...common, user: name, password },
    owner: { ...common, user: `${name}_owner`, password: ownerPassword },
  };
}

/** Connection of the role that reads every database. */
export function backupConnection(
  port: number,
  options: { password: string; ca: string; database: string },
): PostgresConnection {
  return { ...superuserConnection(port, options), user: backupRole };
}

/** Resolves when the server answers a query. `isGone` tells that its process has ended, which ends the wait. */
export async function waitForPostgres(connection: PostgresConnection, isGone: () => boolean): Promise<void> {
  const deadline = Date.now() + startDeadlineMs;
  for (;;) {
    const fault = await faultOf(connection);
    if (!fault) return;
    if (isGone()) throw new Error('PostgreSQL ended while it was starting.', { cause: fault });
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not answer in ${startDeadlineMs} ms.`, { cause: fault });
    await new Promise((resolve) => setTimeout(resolve, connectRetryMs));
  }
}

/** True when the server answers a query. */
export async function answersQuery(connection: PostgresConnection): Promise<boolean> {
  return (await faultOf(connection)) === undefined;
}

async function faultOf(connection: PostgresConnection): Promise<unknown> {
  try {
    await withClient(connection, (client) => client.query('SELECT 1'));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Runs `work` on one connection, which is closed afterwards. */
export async function withClient<T>(
  connection: PostgresConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 });
  // A connection that breaks while idle says so by this event; the next query fails as well, which is where it is handled.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the roles and the database of each service, or brings them up to date. Safe to repeat. */
export async function provisionDatabases(
  superuser: PostgresConnection,
  { databases, backupPassword }: { readonly databases: readonly ServiceDatabase[]; readonly backupPassword: string },
): Promise<void> {
  await withClient(superuser, async (client) => {
    await client.query('REVOKE CONNECT ON DATABASE postgres FROM PUBLIC');
    await client.query('REVOKE CONNECT ON DATABASE template1 FROM PUBLIC');
    await provisionBackupRole(client, backupPassword);
    for (const database of databases) await provisionDatabase(client, database);
  });
}

async function provisionBackupRole(client: pg.Client, password: string): Promise<void> {
  await provisionRole(client, backupRole, password);
  await client.query(`GRANT pg_read_all_data TO ${backupRole} WITH INHERIT TRUE`);
  await client.query(`ALTER ROLE ${backupRole} SET default_transaction_read_only = on`);
  await client.query(`ALTER ROLE ${backupRole} SET statement_timeout = ${backupTimeoutMs}`);
}

async function provisionDatabase(
  client: pg.Client,
  { appId, password, ownerPassword }: ServiceDatabase,
): Promise<void> {
  const name = databaseNameOf(appId);
  const owner = `${name}_owner`;
  await provisionRole(client, owner, ownerPassword);
  await provisionRole(client, name, password);
  await client.query(`ALTER ROLE ${name} SET statement_timeout = ${statementTimeoutMs}`);
  await client.query(`ALTER ROLE ${name} SET lock_timeout = ${lockTimeoutMs}`);
  await client.query(`ALTER ROLE ${name} SET idle_in_transaction_session_timeout = ${idleInTransactionTimeoutMs}`);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${owner}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${name}, ${backupRole}`);
}

/** Names come from the closed list of app ids, so they are safe to write into SQL. */
async function provisionRole(client: pg.Client, role: string, password: string): Promise<void> {
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

/**
 * Applies the kit's and then the service's migrations as the owner of the database; `counts`: only so many of each, for an empty database
 * that is to have the tables of a backup.
 * @throws Error when there are fewer
 */
export async function migrateServiceDatabase(
  appId: AppId,
  owner: PostgresConnection,
  counts: Readonly<Record<string, number>> = {},
): Promise<void> {
  for (const { table, directory } of migrationTables) {
    const count = counts[table];
    const applied = await migrateDatabase({ connection: owner, directory: directory(appId), table, count });
    if (count !== undefined && applied.length !== count) {
      throw new Error(
        `The backup of ${appId} is of a newer version: it has ${count} ${table}, and here are ${applied.length}.`,
      );
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function own(path: string, account: Account | undefined): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}
