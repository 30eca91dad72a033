import type { DueRows, ExpiringClass } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import { executeRawOf, type RawSql } from '../database/rawSql.ts';
import { inTransaction } from '../database/transaction.ts';

/** Told of each batch in the transaction that removes it, so that both take effect or neither. */
export type NoteRemoval = (tx: RawSql, removed: number) => Promise<void>;

/** What of a service's is subject to a period. */
export interface ExpiringRows {
  /** What they are, in reports: `tasks`. */
  readonly what: string;
  readonly retentionClass: ExpiringClass;
  /** What is older than the border; removes nothing. */
  due(border: Date): Promise<DueRows>;
  /** Removes the oldest of what is due, at most `most`, and gives how many went. */
  removeOldest(options: { readonly border: Date; readonly most: number; readonly note: NoteRemoval }): Promise<number>;
}

/** Counting stops here: more is more, and nobody waits for it. */
const mostCounted = 100_000;

const countedSchema = z.tuple([z.object({ count: z.number(), oldest_at: z.date().nullable() })]);

/** A table whose rows are subject to a period. All of it is written by us and never holds a value from outside. */
export interface ExpiringTable {
  readonly retentionClass: ExpiringClass;
  readonly table: string;
  /** Its primary key. */
  readonly key: readonly string[];
  /** The column that a row is as old as; it has an index. */
  readonly age: string;
  /** SQL that holds for a row that is due, with `$1` for the border. */
  readonly condition: string;
}

/** Rows of tables of the service's own database. */
export function expiringTables(pool: Pool, tables: readonly ExpiringTable[]): readonly ExpiringRows[] {
  return tables.map((table) => expiringRowsOf(pool, table));
}

function expiringRowsOf(pool: Pool, options: ExpiringTable): ExpiringRows {
  const { retentionClass, table, age, condition } = options;
  const key = options.key.join(', ');
  const dueText = `SELECT ${age} AS age FROM ${table} WHERE ${condition} ORDER BY ${age}`;
  // The condition stands there twice: a row that somebody changes meanwhile is looked at again before it is deleted.
  const removeText = `DELETE FROM ${table} WHERE (${key}) IN (
    SELECT ${key} FROM ${table} WHERE ${condition} ORDER BY ${age} LIMIT $2) AND ${condition}`;

  return {
    what: table,
    retentionClass,
    due: (border) => countDue(pool, { what: table, dueText, values: [border] }),
    removeOldest: ({ border, most, note }) =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(removeText, [border, most]);
        const removed = rowCount ?? 0;
        if (removed > 0) await note(executeRawOf(client), removed);
        return removed;
      }),
  };
}

/** Counts due rows and finds the oldest, up to a bound. `dueText` is SQL that selects the `age` of each, written by us; `values` are its parameters. */
export async function countDue(
  pool: Pool,
  { what, dueText, values }: { readonly what: string; readonly dueText: string; readonly values: readonly unknown[] },
): Promise<DueRows> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count, min(age) AS oldest_at FROM (${dueText} LIMIT ${mostCounted + 1}) AS due`,
    [...values],
  );
  const [{ count, oldest_at: oldestAt }] = countedSchema.parse(rows);
  return {
    what,
    count: Math.min(count, mostCounted),
    isMore: count > mostCounted,
    oldestAt: oldestAt?.toISOString() ?? null,
  };
}
