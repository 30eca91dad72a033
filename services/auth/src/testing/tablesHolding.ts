import type { Pool } from 'pg';
import { z } from 'zod';

/** Tables in which some row, written as text, holds the value in any of its {@link spellingsOf}. */
export async function tablesHolding(pool: Pool, value: string): Promise<string[]> {
  const { rows } = await pool.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  const tables = z.array(z.object({ tablename: z.string() })).parse(rows);
  const spellings = spellingsOf(value);
  const found: string[] = [];
  for (const { tablename } of tables) {
    const hits = await pool.query(
      `SELECT 1 FROM "${tablename}" AS r, unnest($1::text[]) AS spelling WHERE strpos(lower(r::text), lower(spelling)) > 0 LIMIT 1`,
      [spellings],
    );
    if (hits.rows.length > 0) found.push(tablename);
  }
  return found;
}

/**
 * The value as it is, URL-encoded, in hexadecimal, and in base64, wherever it stands in the encoded bytes; each of these as bytes too,
 * which PostgreSQL writes in hexadecimal; and the bytes that a value in base64url stands for.
 */
function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const texts = [value, encodeURIComponent(value), bytes.toString('hex'), ...[0, 1, 2].flatMap(inBase64)];
  const asBytes = texts.map((text) => Buffer.from(text).toString('hex'));
  const decoded = Buffer.from(value, 'base64url').toString('hex');
  // Something shorter says nothing: it is found anywhere.
  return [...texts, ...asBytes, decoded].filter((spelling) => spelling.length >= 8);

  /** What base64 makes of the value after so many other bytes, without the characters that these share with it. */
  function inBase64(before: number): string[] {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const isShared = (before + bytes.length) % 3 !== 0;
    const own = encoded.slice(before === 0 ? 0 : before + 1, isShared ? -1 : undefined);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  }
}
