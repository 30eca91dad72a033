import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg, { type ClientConfig } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BackupBroken } from './backupBroken.ts';
import { checkBackup } from './checkBackup.ts';
import { nowhere, readCopyFile } from './copyFiles.ts';
import { copyInto, copyOutOf, describeTables, quoted } from './describeDatabase.ts';
import type { Manifest, TableDump } from './manifest.ts';

/** The sets that make up a whole: data of one time, and the newest keys. */
export interface BackupSets {
  readonly data: string;
  readonly keys: string;
}

/**
 * Both sets, checked: nothing is touched before every file of both has been opened.
 * @throws BackupBroken
 */
export async function openBackups(options: {
  readonly sets: BackupSets;
  readonly publicKey: KeyObject;
  readonly identity: string;
}): Promise<{ readonly data: Manifest; readonly keys: Manifest }> {
  const { sets, publicKey, identity } = options;
  const data = await checkBackup({ set: sets.data, publicKey, identity });
  const keys = await checkBackup({ set: sets.keys, publicKey, identity });
  if (data.kind !== 'data') throw new BackupBroken(`${sets.data} is a set of ${data.kind}`);
  if (keys.kind !== 'keys') throw new BackupBroken(`${sets.keys} is a set of ${keys.kind}`);
  // Keys from before the data would bring back what was destroyed in between, and lack those made since.
  if (keys.takenAt < data.takenAt) throw new BackupBroken('the keys are older than the data: take the newest keys');
  return { data, keys };
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
  readonly manifests: { readonly data: Manifest; readonly keys: Manifest };
  readonly identity: string;
}): Promise<{ readonly tables: number; readonly rows: number }> {
  const { database, connection, sets, manifests, identity } = options;
  const dumps = [
    ...manifests.data.tables.map((dump) => ({ dump, path: join(sets.data, dump.file) })),
    ...manifests.keys.tables.map((dump) => ({ dump, path: join(sets.keys, dump.file) })),
  ].filter(({ dump }) => dump.database === database);
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
    for (const { sequence, lastValue } of manifests.data.sequences.filter((one) => one.database === database)) {
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
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(client.query(copyTo(copyOutOf({ ...described, columns: dump.columns }))), hashing, nowhere());
  if (hash.digest('hex') !== dump.sha256) {
    throw new BackupBroken(`${dump.database}.${dump.table} came back different`);
  }
}
