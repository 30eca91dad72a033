import { inTransaction } from '@todo-chatbot/service-kit';
import { hashBytes, type SignedCheckpoint, type TileId } from '@todo-chatbot/transparency-log';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { LogAddition, LogStore, LogTransaction } from '../ports/logStore.ts';
import { byteaArray, textArray } from './binaryArray.ts';

/** Key of the advisory lock that makes a writer the only one; any number does that nothing else in this database uses. */
const writerLock = 6962;

const checkpointRowSchema = z.object({
  tree_size: z.coerce.number().int().min(0),
  root_hash: z.instanceof(Buffer),
  note: z.string(),
});
const tileRowSchema = z.object({ hashes: z.instanceof(Buffer).nullable() });
const eventIdRowSchema = z.object({ event_id: z.string() });
const knownRowSchema = eventIdRowSchema.extend({ body: z.instanceof(Buffer).nullable() });
const addedRowsSchema = z.array(z.object({ entries: z.int(), bodies: z.int(), tiles: z.int() }));
const removedRowSchema = z
  .object({
    removed_index: z.coerce.number().int(),
    event_id: z.string(),
    leaf: z.instanceof(Buffer),
    body: z.instanceof(Buffer),
  })
  .transform(({ removed_index, event_id, ...row }) => ({ ...row, index: removed_index, eventId: event_id }));

/** The log in PostgreSQL (prisma/migrations). */
export function createPostgresLogStore(pool: Pool): LogStore {
  return {
    asOnlyWriter: (work) =>
      inTransaction(pool, async (client) => {
        // A statement of its own: those after it see everything that the lock's last holder committed.
        await client.query('SELECT pg_advisory_xact_lock($1)', [writerLock]);
        return await work(transactionOn(client));
      }),
  };
}

/** The newest checkpoint that was signed; undefined when there is none. */
export async function readCheckpoint(client: Pick<PoolClient, 'query'>): Promise<SignedCheckpoint | undefined> {
  const { rows } = await client.query(
    'SELECT tree_size, root_hash, note FROM checkpoint ORDER BY tree_size DESC LIMIT 1',
  );
  return asCheckpoint(rows);
}

/**
 * The newest checkpoint that was published, or the newest signed one while none was; or that of a given size. With its newest
 * cosignature if it was published; undefined when there is none.
 */
export async function readPublishedCheckpoint(
  client: Pick<PoolClient, 'query'>,
  treeSize?: number,
): Promise<SignedCheckpoint | undefined> {
  const { rows } = await client.query(
    `SELECT tree_size, root_hash, coalesce(published.note, checkpoint.note) AS note
     FROM checkpoint LEFT JOIN LATERAL (
       SELECT note FROM published_checkpoint WHERE published_checkpoint.tree_size = checkpoint.tree_size
       ORDER BY published_at DESC LIMIT 1
     ) AS published ON true
     WHERE tree_size = coalesce($1::bigint, (SELECT max(tree_size) FROM published_checkpoint),
                                (SELECT max(tree_size) FROM checkpoint))`,
    [treeSize ?? null],
  );
  return asCheckpoint(rows);
}

/** The newest checkpoint that was published, as it was; undefined while none was. */
export async function readNewestPublication(client: Pick<PoolClient, 'query'>): Promise<SignedCheckpoint | undefined> {
  const { rows } = await client.query(
    `SELECT tree_size, root_hash, published_checkpoint.note FROM published_checkpoint JOIN checkpoint USING (tree_size)
     ORDER BY tree_size DESC, published_at DESC LIMIT 1`,
  );
  return asCheckpoint(rows);
}

function asCheckpoint(rows: readonly unknown[]): SignedCheckpoint | undefined {
  if (rows.length === 0) return undefined;
  const row = checkpointRowSchema.parse(rows[0]);
  return { treeSize: row.tree_size, rootHash: row.root_hash, note: row.note };
}

/** Hashes of tiles. Full ones are stored; a partial one is put together from what its hashes stand for. */
export async function readTiles(
  client: Pick<PoolClient, 'query'>,
  ids: readonly TileId[],
): Promise<ReadonlyMap<TileId, Buffer>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query(
    `SELECT coalesce(
       tile.hashes,
       CASE WHEN wanted.level = 0
         THEN (SELECT string_agg(leaf_hash, '' ORDER BY entry.index) FROM entry
               WHERE entry.index >= wanted.index * 256 AND entry.index < wanted.index * 256 + wanted.width)
         ELSE (SELECT string_agg(root_hash, '' ORDER BY below.index) FROM tile AS below
               WHERE below.level = wanted.level - 1
                 AND below.index >= wanted.index * 256 AND below.index < wanted.index * 256 + wanted.width)
       END) AS hashes
     FROM unnest($1::smallint[], $2::bigint[], $3::int[]) WITH ORDINALITY AS wanted (level, index, width, place)
     LEFT JOIN tile ON tile.level = wanted.level AND tile.index = wanted.index
     ORDER BY wanted.place`,
    [ids.map(({ level }) => level), ids.map(({ index }) => index), ids.map(({ width }) => width)],
  );
  const found = z.array(tileRowSchema).parse(rows);
  return new Map(
    ids.map((id, place) => {
      const hashes = found[place]?.hashes?.subarray(0, id.width * hashBytes);
      if (hashes?.length !== id.width * hashBytes) throw new Error(`the log has no tile ${id.level}/${id.index}`);
      return [id, hashes];
    }),
  );
}

function transactionOn(client: PoolClient): LogTransaction {
  return {
    head: () => readCheckpoint(client),
    tiles: (ids) => readTiles(client, ids),
    knownEvents: (eventIds) => knownEvents(client, eventIds),
    removeBodies: async ({ retentionClass, before, runId, most }) => {
      const { rows } = await client.query(
        'SELECT removed_index, event_id, leaf, body FROM remove_bodies($1, $2, $3, $4)',
        [retentionClass, before, runId, most],
      );
      return z.array(removedRowSchema).parse(rows);
    },
    add: (addition) => insert(client, addition),
  };
}

async function knownEvents(
  client: PoolClient,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, Buffer | null>> {
  // In two steps, because hardly any event comes twice: the first needs nothing but the index of event ids.
  const found = await client.query('SELECT event_id FROM entry WHERE event_id = ANY($1::text[])', [
    textArray(eventIds),
  ]);
  if (found.rows.length === 0) return new Map();
  const { rows } = await client.query(
    `SELECT event_id, body FROM entry LEFT JOIN body ON body.index = entry.index WHERE event_id = ANY($1::text[])`,
    [
      textArray(
        z
          .array(eventIdRowSchema)
          .parse(found.rows)
          .map((row) => row.event_id),
      ),
    ],
  );
  return new Map(
    z
      .array(knownRowSchema)
      .parse(rows)
      .map((row) => [row.event_id, row.body]),
  );
}

/**
 * One statement and so one round trip, however many rows. What a trigger or a rule of the owner's would leave out in silence is an error,
 * because the events are gone from the topic once we say that they are in the log.
 */
async function insert(client: PoolClient, { firstIndex, entries, tiles, checkpoint }: LogAddition): Promise<void> {
  const columns = entries.map((entry) => entry.columns);
  const { rows } = await client.query(
    `WITH added_entries AS (
       INSERT INTO entry (index, event_id, leaf, leaf_hash)
       SELECT $1::bigint + place - 1, event_id, leaf, leaf_hash
       FROM unnest($2::text[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS added (event_id, leaf, leaf_hash, place)
       RETURNING 1
     ), added_bodies AS (
       INSERT INTO body (index, body, time, service, actor_id, category, action, success, object_type, object_id,
                         address, trace_id, retention_class)
       SELECT $1::bigint + place - 1, body, time, service, actor_id, category, action, success, object_type, object_id,
              address, trace_id, retention_class
       FROM unnest($5::bytea[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[],
                   $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
         WITH ORDINALITY AS added (body, time, service, actor_id, category, action, success, object_type, object_id,
                                   address, trace_id, retention_class, place)
       RETURNING 1
     ), added_tiles AS (
       INSERT INTO tile (level, index, hashes, root_hash)
       SELECT level, index, hashes, root_hash
       FROM unnest($17::smallint[], $18::bigint[], $19::bytea[], $20::bytea[]) AS added (level, index, hashes, root_hash)
       RETURNING 1
     )
     INSERT INTO checkpoint (tree_size, root_hash, note, created_at) VALUES ($21, $22, $23, $24)
     RETURNING (SELECT count(*)::int FROM added_entries) AS entries, (SELECT count(*)::int FROM added_bodies) AS bodies,
               (SELECT count(*)::int FROM added_tiles) AS tiles`,
    [
      firstIndex,
      textArray(entries.map(({ eventId }) => eventId)),
      byteaArray(entries.map(({ leaf }) => leaf)),
      byteaArray(entries.map(({ leafHash }) => leafHash)),
      byteaArray(entries.map(({ body }) => body)),
      columns.map(({ time }) => time),
      textArray(columns.map(({ service }) => service)),
      textArray(columns.map(({ actorId }) => actorId)),
      textArray(columns.map(({ category }) => category)),
      textArray(columns.map(({ action }) => action)),
      columns.map(({ success }) => success),
      textArray(columns.map(({ objectType }) => objectType)),
      textArray(columns.map(({ objectId }) => objectId)),
      textArray(columns.map(({ address }) => address)),
      textArray(columns.map(({ traceId }) => traceId)),
      textArray(columns.map(({ retentionClass }) => retentionClass)),
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      byteaArray(tiles.map(({ hashes }) => hashes)),
      byteaArray(tiles.map(({ rootHash }) => rootHash)),
      checkpoint.treeSize,
      checkpoint.rootHash,
      checkpoint.note,
      checkpoint.createdAt,
    ],
  );
  const [added] = addedRowsSchema.parse(rows);
  if (added?.entries !== entries.length || added.bodies !== entries.length || added.tiles !== tiles.length) {
    throw new Error('the database did not take all that was to be added');
  }
}
