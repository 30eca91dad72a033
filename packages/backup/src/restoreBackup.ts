import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg, { type ClientConfig } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BackupBroken } from './backupBroken.ts';
import { checkBackup } from './checkBackup.ts';
import { hashing, nowhere, readCopyFile } from './copyFiles.ts';
import { copyInto, copyOutOf, describeTables, quoted } from './describeDatabase.ts';
import { type BackupKind, backupKinds, type Manifest, type TableDump } from './manifest.ts';

/** A set of each kind. */
export type BackupSets = Readonly<Record<BackupKind, string>>;
/** The manifests of {@link BackupSets}. */
export type BackupManifests = Readonly<Record<BackupKind, Manifest>>;

/**
 * The sets that make up a whole, checked: nothing is touched before every file of all of them has been opened.
 * @throws BackupBroken
 */
export async function openBackups(options: {
  readonly sets: BackupSets;
  readonly publicKey: KeyObject;
  readonly identity: string;
}): Promise<BackupManifests> {
  const { sets, publicKey, identity } = options;
  const open = async (kind: BackupKind) => {
    const manifest = await checkBackup({ set: sets[kind], publicKey, identity });
    if (manifest.kind !== kind) throw new BackupBroken(`${sets[kind]} is a set of ${manifest.kind}, not of ${kind}`);
    return manifest;
  };
  const manifests = { data: await open('data'), keys: await open('keys'), log: await open('log') };
  // Keys from before the data would bring back what was destroyed in between, and lack those made since.
  for (const kind of ['keys', 'log'] as const) {
    if (manifests[kind].takenAt < manifests.data.takenAt) {
      throw new BackupBroken(`the ${kind} are older than the data: take the newest`);
    }
  }
  return manifests;
}

/**
 * Fills a database that has the tables of the backup's migrations and no rows that matter. One transaction: it is filled whole, and each
 * table is read back and compared, or nothing happened.
 * @throws BackupBroken
 */
export async function restoreDatabase(options: {
  readonly database: string;
  /** As superuser: triggers and foreign keys are off while rows come in whatever order. */
  readonly connection: ClientConfig;
  readonly sets: BackupSets;
  readonly manifests: BackupManifests;
  readonly identity: string;
}): Promise<{ readonly tables: number; readonly rows: number }> {
  const { database, connection, sets, manifests, identity } = options;
  const dumps = backupKinds.flatMap((kind) =>
    manifests[kind].tables
      .filter((dump) => dump.database === database)
      .map((dump) => ({ dump, path: join(sets[kind], dump.file) })),
  );
  const sequences = backupKinds.flatMap((kind) => manifests[kind].sequences.filter((one) => one.database === database));
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query("SET LOCAL session_replication_role = 'replica'");
    await refuseOtherTables(
      client,
      database,
      dumps.map(({ dump }) => dump),
    );
    await emptyTables(
      client,
      dumps.map(({ dump }) => dump.table),
    );
    for (const { dump, path } of dumps) {
      await readCopyFile({ path, identity, sink: client.query(copyFrom(copyInto(dump))) });
    }
    for (const { sequence, lastValue } of sequences) {
      if (lastValue !== null) await client.query('SELECT setval($1, $2::bigint)', [quoted(sequence), lastValue]);
    }
    for (const { dump } of dumps) await compare(client, dump);
    await client.query('COMMIT');
    return { tables: dumps.length, rows: dumps.reduce((sum, { dump }) => sum + dump.rows, 0) };
  } finally {
    await client.end();
  }
}

/** A table that the backup does not know would keep whatever its migration put there; one that is not here any more cannot be filled. */
async function refuseOtherTables(client: pg.Client, database: string, dumps: readonly TableDump[]): Promise<void> {
  const here = new Set((await describeTables(client)).map(({ table }) => table));
  const there = new Set(dumps.map(({ table }) => table));
  const different = [...here, ...there].filter((table) => !here.has(table) || !there.has(table));
  if (different.length > 0)
    throw new BackupBroken(`${database} and the backup differ in ${different.sort().join(', ')}`);
}

/** Removes what migrations put there: a few rows. Tables that refuse it, such as those of the audit log, are empty and are not asked. */
async function emptyTables(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { rowCount } = await client.query(`SELECT FROM ${quoted(table)} LIMIT 1`);
    if (rowCount !== 0) await client.query(`DELETE FROM ${quoted(table)}`);
  }
}

async function compare(client: pg.Client, dump: TableDump): Promise<void> {
  const described = (await describeTables(client)).find(({ table }) => table === dump.table);
  if (!described) throw new BackupBroken(`${dump.table} is gone`);
  const hash = createHash('sha256');
  await pipeline(
    client.query(copyTo(copyOutOf({ ...described, columns: dump.columns }, { rows: 'all' }))),
    hashing(hash),
    nowhere(),
  );
  if (hash.digest('hex') !== dump.sha256) {
    throw new BackupBroken(`${dump.database}.${dump.table} came back different`);
  }
}
