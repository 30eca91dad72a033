import type { ClientBase } from 'pg';
import { z } from 'zod';

/** A table as a dump sees it. */
export interface DescribedTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of the primary key, in its order; all columns where there is none. */
  readonly order: readonly string[];
}

/** Tables of the migration runner: a restore makes them by running the migrations. */
const migrationTables = ['kit_migrations', 'migrations'] as const;

const tableRowsSchema = z.array(
  z.object({ table: z.string(), columns: z.array(z.string()), key: z.array(z.string()).nullable() }),
);
const sequenceRowsSchema = z.array(z.object({ sequence: z.string(), lastValue: z.string().nullable() }));

/** The ordinary tables of schema `public` but those of the migration runner; generated columns are left to the database. */
export async function describeTables(client: ClientBase): Promise<DescribedTable[]> {
  const { rows } = await client.query(
    `SELECT c.relname AS "table",
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT array_agg(a.attname::text ORDER BY k.position) FROM pg_index i
         CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, position)
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
         WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)
     ORDER BY c.relname`,
    [migrationTables],
  );
  return tableRowsSchema.parse(rows).map(({ table, columns, key }) => ({ table, columns, order: key ?? columns }));
}

/** Sequences of schema `public` with their last value. */
export async function describeSequences(client: ClientBase) {
  const { rows } = await client.query(
    `SELECT sequencename AS sequence, last_value::text AS "lastValue" FROM pg_sequences
     WHERE schemaname = 'public' ORDER BY sequencename`,
  );
  return sequenceRowsSchema.parse(rows).filter(({ sequence }) => !isOfMigrations(sequence));
}

/** How many migrations ran, by the table that counts them. */
export async function countMigrations(client: ClientBase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of migrationTables) {
    const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
    counts[table] =
      z
        .array(z.object({ count: z.int() }))
        .length(1)
        .parse(rows)[0]?.count ?? 0;
  }
  return counts;
}

function isOfMigrations(sequence: string): boolean {
  return migrationTables.some((table) => sequence === `${table}_id_seq`);
}

/**
 * `COPY … TO STDOUT` of a whole table in an order that does not change, or of none of its rows. Names are quoted; they come from the
 * catalogue.
 */
export function copyOutOf(
  { table, columns, order }: DescribedTable,
  { rows }: { readonly rows: 'all' | 'none' },
): string {
  const limit = rows === 'none' ? ' LIMIT 0' : '';
  return `COPY (SELECT ${names(columns)} FROM ${quoted(table)} ORDER BY ${names(order)}${limit}) TO STDOUT`;
}

/** `COPY … FROM STDIN` of the same columns. */
export function copyInto({ table, columns }: Pick<DescribedTable, 'table' | 'columns'>): string {
  return `COPY ${quoted(table)} (${names(columns)}) FROM STDIN`;
}

/** A name of the catalogue as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function names(columns: readonly string[]): string {
  return columns.map(quoted).join(', ');
}
