import pg from 'pg';
import { z } from 'zod';

const tablesSchema = z.array(z.object({ name: z.string() }));
const linesSchema = z.array(z.object({ line: z.string() }));

/**
 * Where words stand readable in any row of a database, such as `tasks: base64 of milk`: as they are, in hexadecimal (as `bytea` shows), in
 * base64 at any offset or escaped for a URL, each also within `bytea`; in their own spelling, in lower and in upper case. Sealed tables
 * give nothing.
 */
export async function plaintextIn(ownerPool: pg.Pool, words: readonly string[]): Promise<string[]> {
  const { rows } = await ownerPool.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
  const found: string[] = [];
  for (const { name } of tablesSchema.parse(rows)) {
    const dump = await ownerPool.query(`SELECT to_jsonb(t)::text AS line FROM ${pg.escapeIdentifier(name)} t`);
    const text = linesSchema
      .parse(dump.rows)
      .map(({ line }) => line)
      .join('\n');
    for (const word of words) {
      for (const [encoding, encoded] of encodingsOf(word)) {
        if (text.includes(encoded)) found.push(`${name}: ${encoding} of ${word}`);
      }
    }
  }
  return [...new Set(found)];
}

function encodingsOf(word: string): (readonly [encoding: string, encoded: string])[] {
  const spellings = [word, word.toLowerCase(), word.toUpperCase()];
  const plain = spellings.flatMap((spelling) => [
    ['UTF-8', spelling] as const,
    ['URL', encodeURIComponent(spelling)] as const,
    ...base64At(spelling).map((encoded) => ['base64', encoded] as const),
  ]);
  const inBytes = plain.map(([encoding, encoded]) => [`${encoding} in hex`, hexOf(encoded)] as const);
  return [...plain, ...inBytes];
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}

/** The characters of base64 that only the word decides, for each of the three ways in which it may lie across groups of three bytes. */
function base64At(word: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(word)]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((bytes.length * 8) / 6);
    return bytes.toString('base64').slice(first, last);
  });
}
