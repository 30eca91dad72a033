import type { KeyObject } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pg, { type ClientConfig } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BackupBroken } from './backupBroken.ts';
import { encrypterFor, writeCopyFile } from './copyFiles.ts';
import { copyOutOf, countMigrations, describeSequences, describeTables } from './describeDatabase.ts';
import { type BackupKind, type Manifest, type TableDump, writeManifest } from './manifest.ts';
import { listBackups } from './rotateBackups.ts';

/** A database to back up, as a role that may read everything and write nothing. */
export interface BackedUpDatabase {
  readonly name: string;
  readonly connection: ClientConfig;
}

/** Tells tables apart. */
export type IsInSet = (database: string, table: string) => boolean;

const connectTimeoutMs = 10_000;

/**
 * Takes a set: each database in one snapshot of its own, in the given order, all of them held before the first row is read. The set
 * appears under its name when it is whole; what was cut short stays a draft, which the next run removes.
 * @returns the folder of the set.
 * @throws BackupBroken for a recipient that is none, while another one of the kind is under way, and when there is a set of a later time
 */
export async function takeBackup(options: {
  readonly kind: BackupKind;
  readonly databases: readonly BackedUpDatabase[];
  /** Which tables belong to the set. */
  readonly isInSet: IsInSet;
  /** Which of them are in it without their rows. */
  readonly isLeftEmpty?: IsInSet;
  /** Public key of age (`age1…`); the private half is not on this machine. */
  readonly recipient: string;
  /** Ed25519. */
  readonly signingKey: KeyObject;
  /** Folder of the sets of this kind. */
  readonly folder: string;
  readonly now: Date;
  /** Kept in the manifest. */
  readonly state?: string | undefined;
}): Promise<string> {
  const { kind, databases, isInSet, isLeftEmpty, recipient, signingKey, folder, now, state } = options;
  const encrypter = encrypterFor(recipient);
  const takenAt = now.toISOString();
  const set = join(folder, takenAt.replaceAll(':', '-'));
  await refuseLaterSet(folder, set);
  const draft = join(folder, '.draft');
  const clients = await openSnapshots(databases);
  try {
    await lockDraft(clients.values(), kind);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o700 });
    const tables: TableDump[] = [];
    const sequences: Manifest['sequences'][number][] = [];
    const migrations: Record<string, Record<string, number>> = {};
    for (const [database, client] of clients) {
      migrations[database] = await countMigrations(client);
      if (kind !== 'keys') {
        sequences.push(...(await describeSequences(client)).map((sequence) => ({ database, ...sequence })));
      }
      for (const described of await describeTables(client)) {
        if (!isInSet(database, described.table)) continue;
        const { table, columns } = described;
        const rows = isLeftEmpty?.(database, table) ? 'none' : 'all';
        const file = `${database}.${table}.copy.gz.age`;
        const source = client.query(copyTo(copyOutOf(described, { rows })));
        const written = await writeCopyFile({ source, path: join(draft, file), encrypter });
        tables.push({ database, table, columns: [...columns], file, ...written });
      }
    }
    await writeManifest(
      draft,
      { format: 1, kind, takenAt, ...(state === undefined ? {} : { state }), recipient, migrations, tables, sequences },
      signingKey,
    );
    await rename(draft, set);
    return set;
  } finally {
    for (const client of clients.values()) await client.end();
  }
}

/** Sets go by their time: one from a clock that was wrong would pass for the newest, and what is taken now would be removed as old. */
async function refuseLaterSet(folder: string, set: string): Promise<void> {
  const [newest] = await listBackups(folder);
  if (newest !== undefined && basename(newest) >= basename(set)) {
    throw new BackupBroken(`${newest} is of a later time than now: set the clock right, or move that set away`);
  }
}

/** Two at once would write into one draft. The lock ends with its connection, whatever becomes of the process. */
async function lockDraft(clients: Iterable<pg.Client>, kind: BackupKind): Promise<void> {
  for (const client of clients) {
    const { rows } = await client.query('SELECT FROM pg_try_advisory_lock(hashtext($1)) AS locked WHERE locked', [
      `backup of ${kind}`,
    ]);
    if (rows.length === 0) throw new BackupBroken(`another backup of the ${kind} is under way`);
  }
}

/** A snapshot lasts as long as its transaction. */
async function openSnapshots(databases: readonly BackedUpDatabase[]): Promise<Map<string, pg.Client>> {
  const clients = new Map<string, pg.Client>();
  try {
    for (const { name, connection } of databases) {
      const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectTimeoutMs });
      // A connection that breaks fails the next query, which is where it is handled.
      client.on('error', () => undefined);
      await client.connect();
      clients.set(name, client);
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // The snapshot is taken by the first query, not by BEGIN.
      await client.query('SELECT 1');
    }
    return clients;
  } catch (error) {
    for (const client of clients.values()) await client.end();
    throw error;
  }
}
