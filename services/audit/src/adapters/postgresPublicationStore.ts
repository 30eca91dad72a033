import { inTransaction } from '@todo-chatbot/service-kit';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { PublicationStore, PublicationTransaction } from '../ports/publicationStore.ts';
import { readCheckpoint, readTiles } from './postgresLogStore.ts';

/** Key of the advisory lock that makes a publisher the only one; beside the log writer's. */
const publisherLock = 6963;

const lockRowsSchema = z.tuple([z.object({ locked: z.boolean() })]);
const publishedRowSchema = z
  .object({ tree_size: z.coerce.number().int().min(0), published_at: z.date() })
  .transform((row) => ({ treeSize: row.tree_size, publishedAt: row.published_at }));
const timeRowSchema = z.object({ time: z.date() });

/** Publications in PostgreSQL (prisma/migrations). */
export function createPostgresPublicationStore(pool: Pool): PublicationStore {
  return {
    asOnlyPublisher: (work) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1) AS locked', [publisherLock]);
        const [{ locked }] = lockRowsSchema.parse(rows);
        return locked ? await work(transactionOn(client)) : undefined;
      }),
    async timesOfSome({ from, to, limit }) {
      const step = Math.max(1, Math.ceil((to - from) / limit));
      const { rows } = await pool.query(
        `SELECT body.time FROM generate_series($1::bigint, $2::bigint - 1, $3::bigint) AS wanted (index)
         JOIN body ON body.index = wanted.index`,
        [from, to, step],
      );
      return z
        .array(timeRowSchema)
        .parse(rows)
        .map(({ time }) => time);
    },
  };
}

function transactionOn(client: PoolClient): PublicationTransaction {
  return {
    signed: () => readCheckpoint(client),
    tiles: (ids) => readTiles(client, ids),
    async published() {
      const { rows } = await client.query(
        'SELECT tree_size, published_at FROM published_checkpoint ORDER BY tree_size DESC, published_at DESC LIMIT 1',
      );
      return rows.length === 0 ? undefined : publishedRowSchema.parse(rows[0]);
    },
    async add({ treeSize, note, publishedAt }) {
      await client.query('INSERT INTO published_checkpoint (tree_size, note, published_at) VALUES ($1, $2, $3)', [
        treeSize,
        note,
        publishedAt,
      ]);
    },
  };
}
