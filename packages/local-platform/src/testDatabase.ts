import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, chown, cp, lchown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppId } from '@todo-chatbot/contracts';
import {
  type DatabaseServer,
  migrateServiceDatabase,
  ownerConnection,
  type PostgresConnection,
  provisionDatabases,
  runtimeConnection,
  superuserConnection,
} from '@todo-chatbot/databases';
import { randomPassword } from '@todo-chatbot/manifests';
import pg from 'pg';
import { type Account, unprivilegedAccount } from './account.ts';
import { defaultCacheDir } from './artifacts/layout.mjs';
import { postgresHomeFor } from './artifacts/postgres.ts';
import { endProcess, hasEnded, launch } from './launch.ts';
import { createAuthority, createLeaf } from './pki.ts';
import { findFreePort } from './ports.ts';
import { configurePostgres, initialisePostgres, localServer, postgresLaunchSpec, waitForPostgres } from './postgres.ts';

/** A fresh, migrated database of one service on a PostgreSQL of its own. */
export interface TestDatabase {
  /** Connected as the service's run-time role. */
  readonly pool: pg.Pool;
  /** Connected as the owner, for assertions about what the run-time role may not see or do. */
  readonly ownerPool: pg.Pool;
  /** How to connect as the run-time role; `caFile` is the file of `ssl.ca`, for `DATABASE_CA_FILE`. */
  readonly connection: PostgresConnection & { readonly caFile: string };
  /** Of the server's superuser, to the same database. */
  readonly superuser: PostgresConnection;
  /** Ends the pools and the server, and removes its data. */
  close(): Promise<void>;
}

const stopGraceMs = 10_000;
const poolSize = 10;

/** What a test server may do without: its data die with it. */
const throwAwaySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

interface Template {
  readonly dataDir: string;
  readonly superuserPassword: string;
}

let template: Promise<Template> | undefined;

/** A PostgreSQL of a test's own without roles and databases. */
export interface TestServer {
  readonly where: DatabaseServer;
  /** File of `where.ca`. */
  readonly caFile: string;
  readonly superuser: PostgresConnection;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  close(): Promise<void>;
}

/**
 * Prepares a PostgreSQL in a temporary folder as the platform does (TLS, SCRAM, the access rules of the named apps). It has an address, and
 * does not run yet.
 */
export async function prepareTestServer(options: {
  readonly appIds: readonly AppId[];
  readonly isDurable?: boolean;
}): Promise<TestServer> {
  const { appIds, isDurable = false } = options;
  const account = await unprivilegedAccount();
  const { binDir } = await postgresHomeFor(account, {
    cacheDir: defaultCacheDir(process.env),
    detail: () => undefined,
  });
  const folder = await temporaryFolder(account);
  const instance = { binDir, dataDir: join(folder, 'data'), port: await findFreePort(), account };
  template ??= makeTemplate(binDir, account);
  const { dataDir, superuserPassword } = await template;
  await cp(dataDir, instance.dataDir, { recursive: true, preserveTimestamps: true });
  await ownTree(instance.dataDir, account);

  const authority = await createAuthority('todo-chatbot test');
  const certificate = await createLeaf(authority, {
    commonName: 'postgres',
    names: ['127.0.0.1', 'localhost'],
    usages: ['server'],
  });
  const settings = isDurable ? {} : throwAwaySettings;
  await configurePostgres(instance, { certificate, appIds, settings });
  const caFile = join(folder, 'ca.crt');
  await writeFile(caFile, authority.certificate);
  const where = localServer(instance.port, authority.certificate);
  const superuser = superuserConnection(where, { password: superuserPassword });
  let server: ChildProcess | undefined;
  return {
    where,
    caFile,
    superuser,
    async start() {
      const launched = await launch(postgresLaunchSpec(instance, join(folder, 'postgres.log')));
      server = launched;
      await waitForPostgres(superuser, () => hasEnded(launched));
    },
    async close() {
      if (server) await endProcess(server, 'SIGINT', stopGraceMs);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Starts a PostgreSQL of {@link prepareTestServer} with the platform's roles and rights and the service's database, the kit's and the
 * service's migrations applied. Takes about a second.
 * @param options `isDurable`: commits wait for the disk, as on the platform; for measurements.
 */
export async function startTestDatabase(options: {
  readonly service: AppId;
  readonly isDurable?: boolean;
}): Promise<TestDatabase> {
  const { service, isDurable = false } = options;
  const { where, superuser, caFile, start, close } = await prepareTestServer({ appIds: [service], isDurable });
  const database = { appId: service, password: randomPassword(), ownerPassword: randomPassword() };
  const runtime = runtimeConnection(where, service, database.password);
  const owner = ownerConnection(where, service, database.ownerPassword);
  try {
    await start();
    await provisionDatabases(superuser, { databases: [database], backupPassword: randomPassword() });
    await migrateServiceDatabase(service, owner);
  } catch (error) {
    await close();
    throw error;
  }

  const pool = poolOf(runtime);
  const ownerPool = poolOf(owner);
  return {
    pool,
    ownerPool,
    connection: { ...runtime, caFile },
    superuser: { ...superuser, database: runtime.database },
    close: async () => {
      await Promise.all([pool.end(), ownerPool.end()]);
      await close();
    },
  };
}

/** A pool whose connections do not mind that the server goes first: a pool's end does not wait for theirs. */
function poolOf(connection: PostgresConnection): pg.Pool {
  const pool = new pg.Pool({ ...connection, max: poolSize });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function makeTemplate(binDir: string, account: Account | undefined): Promise<Template> {
  const folder = await temporaryFolder(account);
  const made = { dataDir: join(folder, 'data'), superuserPassword: randomPassword() };
  await initialisePostgres({ binDir, dataDir: made.dataDir, port: 0, account }, made.superuserPassword);
  // A process that is killed leaves its template to the system's clean-up of temporary files: 40 MB of an empty cluster.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return made;
}

/** A folder that PostgreSQL's account may pass through, whose name nobody can guess. */
async function temporaryFolder(account: Account | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-postgres-'));
  if (account) await chmod(folder, 0o711);
  return folder;
}

async function ownTree(root: string, account: Account | undefined): Promise<void> {
  if (!account) return;
  await chown(root, account.uid, account.gid);
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
