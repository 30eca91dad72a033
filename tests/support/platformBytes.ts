import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type PlatformState, readSet } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { runCommand } from './command.ts';

/** Where bytes rest or can be read. */
export type Place =
  | 'log files'
  | 'topics'
  | 'databases'
  | 'mail folder'
  | 'other files of the platform'
  | 'traces'
  | 'metrics'
  | 'processes'
  | 'exported audit log'
  | 'backup'
  | 'rows in the backup';

/** Something to search: a file, an answer, the environment of a process. */
export interface Bytes {
  readonly place: Place;
  readonly name: string;
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const chunkBytes = 1024 * 1024;
/** The collector gives so many traces at once; a window with more is searched in halves. */
const tracesLimit = 500;
/** Kafka lays its indexes out in advance, ten megabytes each; they hold offsets and times alone. */
const kafkaIndex = /\.(index|timeindex)$/;

/** Everything in the state folder and in the database's folder. */
export async function platformFiles({ stateDir, postgres }: PlatformState): Promise<Bytes[]> {
  const dataDir = await checkpoint(postgres);
  const own = await filesIn(stateDir);
  const databases = dataDir.startsWith(`${stateDir}/`) ? [] : await filesIn(dataDir);
  return [
    ...own
      .filter((path) => !kafkaIndex.test(path))
      .map((path) => fileBytes(path.startsWith(dataDir) ? 'databases' : placeOf(relative(stateDir, path)), path)),
    ...databases.map((path) => fileBytes('databases', path)),
  ];
}

function placeOf(path: string): Place {
  if (path.startsWith('logs/')) return 'log files';
  if (path.startsWith('kafka/data/')) return 'topics';
  if (path.startsWith('mail/')) return 'mail folder';
  return 'other files of the platform';
}

/** Has the server write what it holds in memory. @returns its data folder */
async function checkpoint({ superuser }: PlatformState['postgres']): Promise<string> {
  const client = new pg.Client(superuser);
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const { rows } = await client.query('SHOW data_directory');
    return z.tuple([z.object({ data_directory: z.string() })]).parse(rows)[0].data_directory;
  } finally {
    await client.end();
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Files that went away since they were listed, as logs and segments do, are empty. */
export function fileBytes(place: Place, path: string): Bytes {
  return {
    place,
    name: path,
    async *chunks() {
      try {
        yield* createReadStream(path, { highWaterMark: chunkBytes });
      } catch (error) {
        if (Object(error).code !== 'ENOENT') throw error;
      }
    },
  };
}

/** Every trace of the time, window by window. */
export async function traces(
  { zipkinUrl }: Pick<PlatformState, 'zipkinUrl'>,
  from: number,
  to: number,
): Promise<Bytes[]> {
  const query = new URLSearchParams({ limit: `${tracesLimit}`, endTs: `${to}`, lookback: `${to - from}` });
  const text = await (await fetch(new URL(`/api/v2/traces?${query}`, zipkinUrl))).text();
  const { length } = z.array(z.unknown()).parse(JSON.parse(text));
  if (length < tracesLimit) return [{ place: 'traces', name: `${from} to ${to}`, chunks: () => [Buffer.from(text)] }];
  const middle = Math.floor((from + to) / 2);
  if (middle === from) throw new Error('a millisecond has more traces than the collector gives');
  const state = { zipkinUrl };
  return [...(await traces(state, from, middle)), ...(await traces(state, middle, to))];
}

/** What every service and every sidecar counts, labels included. */
export function metrics({ apps }: PlatformState): Promise<Bytes[]> {
  const ports = Object.entries(apps).flatMap(([app, { metricsPort, daprMetricsPort }]) => [
    [app, metricsPort] as const,
    [`sidecar of ${app}`, daprMetricsPort] as const,
  ]);
  return Promise.all(
    ports.map(async ([name, port]): Promise<Bytes> => {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
      if (!answer.ok) throw new Error(`${name} answered ${answer.status} for its metrics`);
      const text = await answer.text();
      return { place: 'metrics', name, chunks: () => [Buffer.from(text)] };
    }),
  );
}

/** Command lines and environments of every process that one may look at. */
export async function processes(): Promise<Bytes[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.flatMap((pid) =>
      ['cmdline', 'environ'].map(async (file): Promise<Bytes[]> => {
        const bytes = await readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0));
        return bytes.length === 0 ? [] : [{ place: 'processes', name: `${pid} ${file}`, chunks: () => [bytes] }];
      }),
    ),
  );
  return found.flat();
}

/** The audit log as an auditor gets it: checkpoints, tiles, bundles of leaves, and what the entries say. */
export async function exportedAuditLog({ stateDir }: PlatformState): Promise<Bytes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-canary-log-'));
  try {
    const args = ['run', '--silent', 'audit:export', '--', folder, '--bodies'];
    const { code, stderr } = await runCommand(args, { env: { TODO_CHATBOT_STATE: stateDir } });
    if (code !== 0) throw new Error(`audit:export ended with ${code}: ${stderr}`);
    const files = await filesIn(folder);
    return await Promise.all(
      files.map(async (path): Promise<Bytes> => {
        const bytes = await readFile(path);
        return { place: 'exported audit log', name: relative(folder, path), chunks: () => [bytes] };
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Makes the key that opens backups of the platform. */
export async function makeBackupKey({ stateDir }: PlatformState, file: string): Promise<void> {
  await backupCommand(stateDir, ['key', file]);
}

/** Takes a backup into a folder of its own, where the platform removes nothing. @returns the folders of its sets, one of each kind */
export async function takeBackup({ stateDir }: PlatformState, into: string): Promise<readonly string[]> {
  return (await backupCommand(stateDir, [], { TODO_CHATBOT_BACKUPS: into })).trim().split('\n');
}

async function backupCommand(
  stateDir: string,
  operands: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const args = ['run', '--silent', 'backup', '--', ...operands];
  const { code, stdout, stderr } = await runCommand(args, { env: { TODO_CHATBOT_STATE: stateDir, ...env } });
  if (code !== 0) throw new Error(`backup ended with ${code}: ${stderr}`);
  return stdout;
}

/** A backup as it lies there, and what it holds for whoever opens it: that shows values as well that a database packs. */
export async function backupBytes(sets: readonly string[], keyFile: string): Promise<Bytes[]> {
  const found: Bytes[] = [];
  for (const set of sets) {
    for (const path of await filesIn(set)) found.push(fileBytes('backup', path));
    for (const { database, table, rows } of await readSet(set, keyFile)) {
      found.push({ place: 'rows in the backup', name: `${database}.${table}`, chunks: rows });
    }
  }
  return found;
}
