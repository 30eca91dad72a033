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

/** Lets the work see the log as it is at one moment, whatever is appended meanwhile, for as long as it takes. */
export async function withStoredLog<T>(
  client: ClientBase,
  work: (log: StoredLog & PublishedLog) => Promise<T>,
): Promise<T> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // The limits of the service's role are made for its short transactions.
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL transaction_timeout = 0');
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
                  CASE WHEN body IS NOT NULL THEN json_build_object(
                    'time', to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                      || CASE WHEN time < '0001-01-01T00:00:00Z' THEN ' BC' ELSE '' END, 'service', service,
                    'actorId', actor_id, 'category', category, 'action', action, 'success', success,
                    'objectType', object_type, 'objectId', object_id, 'address', address, 'traceId', trace_id,
                    'retentionClass', retention_class) END AS columns, run_id AS removed_by
                FROM entry LEFT JOIN body ON body.index = entry.index
                LEFT JOIN removed_body ON removed_body.index = entry.index ORDER BY entry.index`,
      }),
    tiles: () =>
      rowsOf(client, tileRowSchema, {
        name: 'tile',
        // A tile is complete when the log has as many entries as the first expression says.
        query: 'SELECT level, index, hashes, root_hash FROM tile ORDER BY (index + 1) << (8 * (level + 1)), level',
      }),
    checkpoints: () =>
      rowsOf(client, checkpointRowSchema, {
        name: 'checkpoint',
        query: 'SELECT tree_size, root_hash, note FROM checkpoint ORDER BY checkpoint.tree_size',
      }),
    publishedCheckpoints: () =>
      rowsOf(client, publicationRowSchema, {
        name: 'published_checkpoint',
        query: `SELECT published_checkpoint.tree_size::text, published_checkpoint.note, checkpoint.note AS signed_note
                FROM published_checkpoint LEFT JOIN checkpoint USING (tree_size)
                ORDER BY published_checkpoint.tree_size, published_at`,
      }),
    async repeatedEvent() {
      const { rows } = await client.query(
        'SELECT max(index) AS index FROM entry GROUP BY event_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1',
      );
      return rows.length === 0 ? undefined : indexRowSchema.parse(rows[0]).index;
    },
    async surplusBody() {
      const { rows } = await client.query(
        `SELECT min(index) AS index FROM (SELECT index FROM body UNION ALL SELECT index FROM removed_body) AS stored
         WHERE NOT EXISTS (SELECT FROM entry WHERE entry.index = stored.index) HAVING count(*) > 0`,
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
  await client.query(`DECLARE ${name}_rows NO SCROLL CURSOR FOR ${query}`);
  for (let place = 0; ; ) {
    const { rows } = await client.query(`FETCH ${rowsPerFetch} FROM ${name}_rows`);
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
