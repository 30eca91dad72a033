import type { Pool } from 'pg';
import { z } from 'zod';

/** Tables in which some row, written as text, holds the value, as it is or as bytes, which show as hexadecimal. */
export async function tablesHolding(pool: Pool, value: string): Promise<string[]> {
  const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const tables = z.array(z.object({ tablename: z.string() })).parse(rows);
  const spellings = [value, Buffer.from(value).toString('hex'), Buffer.from(value, 'base64url').toString('hex')];
  const found: string[] = [];
  for (const { tablename } of tables) {
    const hits = await pool.query(
      `SELECT 1 FROM "${tablename}" AS r, unnest($1::text[]) AS spelling WHERE strpos(r::text, spelling) > 0 LIMIT 1`,
      [spellings],
    );
    if (hits.rows.length > 0) found.push(tablename);
  }
  return found;
}
