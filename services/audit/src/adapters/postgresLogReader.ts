import type { Pool } from 'pg';
import { z } from 'zod';
import type { LogReader } from '../ports/logReader.ts';
import { readCheckpoint, readHashes } from './postgresLogStore.ts';

const entryRowSchema = z
  .object({
    index: z.coerce.number().int(),
    actor_id: z.string().nullable(),
    leaf: z.instanceof(Buffer),
    leaf_hash: z.instanceof(Buffer),
  })
  .transform((row) => ({ index: row.index, actorId: row.actor_id, leaf: row.leaf, leafHash: row.leaf_hash }));

/** Reads the log in PostgreSQL. */
export function createPostgresLogReader(pool: Pool): LogReader {
  return {
    checkpoint: (treeSize) => readCheckpoint(pool, treeSize),
    hashesOf: (nodes) => readHashes(pool, nodes),
    async entry(index) {
      const { rows } = await pool.query('SELECT index, actor_id, leaf, leaf_hash FROM entry WHERE index = $1', [index]);
      return rows.length === 0 ? undefined : entryRowSchema.parse(rows[0]);
    },
    async entries({ actorId, action, before, limit }) {
      const { rows } = await pool.query(
        `SELECT index, actor_id, leaf, leaf_hash FROM entry
         WHERE ($1::text IS NULL OR actor_id = $1) AND ($2::text IS NULL OR action = $2)
           AND ($3::bigint IS NULL OR index < $3)
         ORDER BY index DESC LIMIT $4`,
        [actorId, action, before, limit],
      );
      return z.array(entryRowSchema).parse(rows);
    },
  };
}
