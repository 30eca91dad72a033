import { inTransaction } from '@todo-chatbot/service-kit';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { NodeId } from '../domain/merkleTree.ts';
import type { LogAddition, LogStore, LogTransaction } from '../ports/logStore.ts';

/** Key of the advisory lock that makes a writer the only one; any number does that nothing else in this database uses. */
const writerLock = 6962;

const checkpointRowSchema = z.object({
  tree_size: z.coerce.number().int().min(0),
  root_hash: z.instanceof(Buffer),
  note: z.string(),
});
const hashRowSchema = z.object({ hash: z.instanceof(Buffer).nullable() });
const knownRowSchema = z.object({ event_id: z.string(), leaf_hash: z.instanceof(Buffer) });

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

/** The newest checkpoint, or that of a given size; undefined when there is none. */
export async function readCheckpoint(
  client: Pick<PoolClient, 'query'>,
  treeSize?: number,
): Promise<SignedCheckpoint | undefined> {
  const { rows } = await client.query(
    `SELECT tree_size, root_hash, note FROM checkpoint
     WHERE tree_size = coalesce($1::bigint, (SELECT max(tree_size) FROM checkpoint))`,
    [treeSize ?? null],
  );
  if (rows.length === 0) return undefined;
  const row = checkpointRowSchema.parse(rows[0]);
  return { treeSize: row.tree_size, rootHash: row.root_hash, note: row.note };
}

/** Hashes of complete subtrees in the order asked for. */
export async function readHashes(
  client: Pick<PoolClient, 'query'>,
  nodes: readonly NodeId[],
): Promise<readonly Buffer[]> {
  if (nodes.length === 0) return [];
  const { rows } = await client.query(
    `SELECT CASE WHEN wanted.level = 0 THEN entry.leaf_hash ELSE node.hash END AS hash
     FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS wanted (level, index, place)
     LEFT JOIN entry ON wanted.level = 0 AND entry.index = wanted.index
     LEFT JOIN node ON node.level = wanted.level AND node.index = wanted.index
     ORDER BY wanted.place`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
  );
  return z
    .array(hashRowSchema)
    .parse(rows)
    .map(({ hash }, place) => {
      if (!hash) throw new Error(`the log has no node ${nodes[place]?.level}/${nodes[place]?.index}`);
      return hash;
    });
}

function transactionOn(client: PoolClient): LogTransaction {
  return {
    head: () => readCheckpoint(client),
    hashesOf: (nodes) => readHashes(client, nodes),
    knownEvents: async (eventIds) => {
      const { rows } = await client.query('SELECT event_id, leaf_hash FROM entry WHERE event_id = ANY($1::text[])', [
        eventIds,
      ]);
      const known = z.array(knownRowSchema).parse(rows);
      return new Map(known.map((row) => [row.event_id, row.leaf_hash]));
    },
    add: (addition) => insert(client, addition),
  };
}

/** One statement and so one round trip, however many rows. */
async function insert(client: PoolClient, { firstIndex, entries, nodes, checkpoint }: LogAddition): Promise<void> {
  await client.query(
    `WITH added_entries AS (
       INSERT INTO entry (index, event_id, time, actor_id, action, leaf, leaf_hash)
       SELECT $1::bigint + place - 1, event_id, time, actor_id, action, leaf, leaf_hash
       FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::bytea[], $7::bytea[])
         WITH ORDINALITY AS added (event_id, time, actor_id, action, leaf, leaf_hash, place)
     ), added_nodes AS (
       INSERT INTO node (level, index, hash)
       SELECT level, index, hash FROM unnest($8::smallint[], $9::bigint[], $10::bytea[]) AS added (level, index, hash)
     )
     INSERT INTO checkpoint (tree_size, root_hash, note, created_at) VALUES ($11, $12, $13, $14)`,
    [
      firstIndex,
      entries.map(({ eventId }) => eventId),
      entries.map(({ time }) => time),
      entries.map(({ actorId }) => actorId),
      entries.map(({ action }) => action),
      entries.map(({ leaf }) => leaf),
      entries.map(({ leafHash }) => leafHash),
      nodes.map(({ level }) => level),
      nodes.map(({ index }) => index),
      nodes.map(({ hash }) => hash),
      checkpoint.treeSize,
      checkpoint.rootHash,
      checkpoint.note,
      checkpoint.createdAt,
    ],
  );
}
