import { tileWidth } from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { LogReader } from '../ports/logReader.ts';
import { readCheckpoint, readNewestPublication, readPublishedCheckpoint, readTiles } from './postgresLogStore.ts';

const entryRowSchema = z
  .object({
    index: z.coerce.number().int(),
    leaf: z.instanceof(Buffer),
    leaf_hash: z.instanceof(Buffer),
    body: z.instanceof(Buffer).nullable(),
  })
  .transform((row) => ({ index: row.index, leaf: row.leaf, leafHash: row.leaf_hash, body: row.body }));
const leafRowSchema = z.object({ leaf: z.instanceof(Buffer) });

/** Reads the log in PostgreSQL. */
export function createPostgresLogReader(pool: Pool): LogReader {
  return {
    checkpoint: (treeSize) => readPublishedCheckpoint(pool, treeSize),
    signedCheckpoint: () => readCheckpoint(pool),
    tiles: (ids) => readTiles(pool, ids),
    async leaves({ index, width }) {
      const { rows } = await pool.query('SELECT leaf FROM entry WHERE index >= $1 AND index < $2 ORDER BY index', [
        index * tileWidth,
        index * tileWidth + width,
      ]);
      return z
        .array(leafRowSchema)
        .parse(rows)
        .map(({ leaf }) => leaf);
    },
    publishedCheckpoint: () => readNewestPublication(pool),
    async entryOf({ service, action, objectType, objectId }) {
      const { rows } = await pool.query(
        `SELECT entry.index, leaf, leaf_hash, body FROM body JOIN entry ON entry.index = body.index
         WHERE object_id = $1 AND object_type = $2 AND service = $3 AND action = $4 AND success
         ORDER BY body.index LIMIT 1`,
        [objectId, objectType, service, action],
      );
      return rows.length === 0 ? undefined : entryRowSchema.parse(rows[0]);
    },
    async entry(index) {
      const { rows } = await pool.query(
        `SELECT entry.index, leaf, leaf_hash, body FROM entry LEFT JOIN body ON body.index = entry.index
         WHERE entry.index = $1`,
        [index],
      );
      return rows.length === 0 ? undefined : entryRowSchema.parse(rows[0]);
    },
  };
}
