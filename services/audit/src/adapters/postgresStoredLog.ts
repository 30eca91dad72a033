import type { ClientBase } from 'pg';
import { z } from 'zod';
import { LogFaultError, type StoredLog } from '../domain/verifyLog.ts';
import type { PublishedLog } from '../domain/verifyPublished.ts';

/** Rows in memory at a time; at the largest leaf size that is 32 MB. */
const rowsPerFetch = 500;

// Numbers come as text and everything is checked, because the owner of the database may have put anything there.
const integer = z.string().transform(Number).pipe(z.int());
const entryRowSchema = z
  .object({
    index: integer,
    event_id: z.string(),
    leaf: z.instanceof(Buffer),
    leaf_hash: z.instanceof(Buffer),
    body: z.instanceof(Buffer).nullable(),
    columns: z
      .strictObject({
        time: z.string(),
        service: z.string(),
        actorId: z.string().nullable(),
        category: z.string(),
        action: z.string(),
        success: z.boolean(),
        objectType: z.string().nullable(),
        objectId: z.string().nullable(),
        address: z.string().nullable(),
        traceId: z.string().nullable(),
        retentionClass: z.string(),
      })
      .nullable(),
    removed_by: z.string().nullable(),
  })
  .transform(({ index, leaf, body, columns, ...row }) => ({
    index,
    leaf,
    eventId: row.event_id,
    leafHash: row.leaf_hash,
    body: body && columns ? { bytes: body, columns } : null,
    removedBy: row.removed_by,
  }));
const tileRowSchema = z
  .object({ level: z.int(), index: integer, hashes: z.instanceof(Buffer), root_hash: z.instanceof(Buffer) })
  .transform(({ root_hash, ...row }) => ({ ...row, rootHash: root_hash }));
const checkpointRowSchema = z
  .object({ tree_size: integer, root_hash: z.instanceof(Buffer), note: z.string() })
  .transform(({ tree_size, root_hash, note }) => ({ treeSize: tree_size, rootHash: root_hash, note }));
const publicationRowSchema = z
  .object({ tree_size: integer, note: z.string(), signed_note: z.string().nullable() })
  .transform(({ tree_size, note, signed_note }) => ({ treeSize: tree_size, note, signedNote: signed_note }));
const indexRowSchema = z.object({ index: integer });
const nameRowSchema = z.object({ name: z.string() });

/** What is read; each has to be a table and nothing that looks like one. */
const readTables = ['entry', 'body', 'removed_body', 'tile', 'checkpoint', 'published_checkpoint'];
/** SQLSTATEs of a statement that failed over what is stored: data exceptions, and a table or column that is gone. */
const damageStates = /^(22...|42P01|42703)$/;
const databaseErrorSchema = z.object({ code: z.string().regex(damageStates), message: z.string() });

/** Lets the work see the log as it is at one moment, whatever is appended meanwhile, for as long as it takes. */
export async function withStoredLog<T>(
  client: ClientBase,
  work: (log: StoredLog & PublishedLog) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // The limits of the service's role are made for its short transactions.
    // Between two statements it works on hundreds of entries, which may be large ones.
    await client.query(
      `SET LOCAL statement_timeout = 0; SET LOCAL transaction_timeout = 0;
       SET LOCAL idle_in_transaction_session_timeout = '10min'`,
    );
    // Nothing that the owner of the database puts before what is meant: neither another schema's table nor a function of his own.
    await client.query('SET LOCAL search_path = pg_catalog, public, pg_temp');
    return await work(createPostgresStoredLog(client));
  } finally {
    await client.query('ROLLBACK');
  }
}

/**
 * The stored log for the verifier. The client must be inside a REPEATABLE READ transaction, so that a running log holds still.
 * Cursors rather than pages by key: a second row under one key, possible once somebody dropped the constraint, is not skipped.
 */
export function createPostgresStoredLog(client: ClientBase): StoredLog & PublishedLog {
  return {
    entries: () =>
      rowsOf(client, entryRowSchema, {
        name: 'entry',
        query: `SELECT entry.index::text, event_id, leaf, leaf_hash, body,
                  CASE WHEN body IS NOT NULL THEN pg_catalog.json_build_object(
                    'time', pg_catalog.to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                      || CASE WHEN time < '0001-01-01T00:00:00Z' THEN ' BC' ELSE '' END, 'service', service,
                    'actorId', actor_id, 'category', category, 'action', action, 'success', success,
                    'objectType', object_type, 'objectId', object_id, 'address', address, 'traceId', trace_id,
                    'retentionClass', retention_class) END AS columns, run_id AS removed_by
                FROM public.entry LEFT JOIN public.body ON body.index = entry.index
                LEFT JOIN public.removed_body ON removed_body.index = entry.index ORDER BY entry.index`,
      }),
    tiles: () =>
      rowsOf(client, tileRowSchema, {
        name: 'tile',
        // A tile is complete when the log has as many entries as the first expression says; numeric, because no index is too large for it.
        query: `SELECT level, index, hashes, root_hash FROM public.tile
                ORDER BY (index::numeric + 1::numeric) * 256::numeric ^ (level + 1)::numeric, level`,
      }),
    checkpoints: () =>
      rowsOf(client, checkpointRowSchema, {
        name: 'checkpoint',
        query: 'SELECT tree_size, root_hash, note FROM public.checkpoint ORDER BY checkpoint.tree_size',
      }),
    publishedCheckpoints: () =>
      rowsOf(client, publicationRowSchema, {
        name: 'published_checkpoint',
        query: `SELECT published_checkpoint.tree_size::text, published_checkpoint.note, checkpoint.note AS signed_note
                FROM public.published_checkpoint LEFT JOIN public.checkpoint USING (tree_size)
                ORDER BY published_checkpoint.tree_size, published_at`,
      }),
    async replacedTable() {
      const { rows } = await client.query(
        `SELECT name FROM unnest($1::text[]) AS name LEFT JOIN pg_class ON pg_class.oid = pg_catalog.to_regclass('public.' || name)
         WHERE relkind IS DISTINCT FROM 'r' OR relrowsecurity OR relhasrules LIMIT 1`,
        [readTables],
      );
      return z.array(nameRowSchema).parse(rows)[0]?.name;
    },
    async repeatedEvent() {
      const { rows } = await client.query(
        'SELECT max(index) AS index FROM public.entry GROUP BY event_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1',
      );
      return rows.length === 0 ? undefined : indexRowSchema.parse(rows[0]).index;
    },
    async surplusBody() {
      const { rows } = await client.query(
        `SELECT min(index) AS index FROM (SELECT index FROM public.body UNION ALL SELECT index FROM public.removed_body) AS stored
         WHERE NOT EXISTS (SELECT FROM public.entry WHERE entry.index = stored.index) HAVING count(*) > 0`,
      );
      return rows.length === 0 ? undefined : indexRowSchema.parse(rows[0]).index;
    },
  };
}

async function* rowsOf<T>(
  client: ClientBase,
  schema: z.ZodType<T>,
  { name, query }: { readonly name: string; readonly query: string },
): AsyncGenerator<T> {
  const run = (statement: string, place: number) =>
    client.query(statement).catch((error: unknown) => {
      const { data } = databaseErrorSchema.safeParse(error);
      if (!data) throw error;
      throw new LogFaultError('row-malformed', place, `table ${name} cannot be read: ${data.message}`);
    });
  await run(`DECLARE ${name}_rows NO SCROLL CURSOR FOR ${query}`, 0);
  for (let place = 0; ; ) {
    const { rows } = await run(`FETCH ${rowsPerFetch} FROM ${name}_rows`, place);
    if (rows.length === 0) return;
    for (const row of rows) {
      const parsed = schema.safeParse(row);
      if (!parsed.success)
        throw new LogFaultError('row-malformed', place, `row ${place} of table ${name} cannot be read`);
      yield parsed.data;
      place += 1;
    }
  }
}
