import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AppId } from '@todo-chatbot/contracts';
import { type DatabaseServer, type PostgresConnection, waitForDatabase } from '@todo-chatbot/databases';
import { accessRules, initdbArguments, serverParameters } from '@todo-chatbot/manifests';
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

/** Where the account finds data and programs when the folders of root are closed to it. */
const sharedRoot = '/var/lib/todo-chatbot';
/** SHA-256 of the superuser's random password, in the data folder. */
const fingerprintFile = 'made-for.sha256';
const startDeadlineMs = 60_000;

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
  const args = [`--pgdata=${dataDir}`, `--pwfile=${passwordFile}`, ...initdbArguments];
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
    'pg_hba.conf': `${accessRules(options.appIds, '127.0.0.1/32').join('\n')}\n`,
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
    ...serverParameters,
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: the one way in is TLS with a password.
    unix_socket_directories: '',
    shared_buffers: '64MB',
    ssl: 'on',
    ssl_cert_file: 'server.crt',
    ssl_key_file: 'server.key',
  };
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

/** Where such a server is. */
export function localServer(port: number, ca: string): DatabaseServer {
  return { host: '127.0.0.1', port, ca };
}

/** Resolves when the server answers a query. `isGone` tells that its process has ended, which ends the wait. */
export function waitForPostgres(connection: PostgresConnection, isGone: () => boolean): Promise<void> {
  return waitForDatabase(connection, { deadlineMs: startDeadlineMs, isHopeless: isGone });
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
