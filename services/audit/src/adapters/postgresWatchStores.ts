import { inTransaction } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import type {
  DeadLetterPositions,
  HeartbeatStore,
  LogPositions,
  ScannedBodies,
  VerifiedTrees,
} from '../ports/watchStores.ts';

const count = z.coerce.number().int();
const heardRowsSchema = z.array(
  z
    .object({ service: z.string(), last_seen: z.date(), reported_as: z.enum(['service', 'all']).nullable() })
    .transform((row) => ({ service: row.service, lastSeen: row.last_seen, reportedAs: row.reported_as })),
);
const positionRowsSchema = z.array(
  z
    .object({ topic: z.string(), partition: z.int(), next_offset: count })
    .transform(({ next_offset, ...row }) => ({ ...row, end: next_offset })),
);
const treeRowsSchema = z.array(
  z
    .object({ tree_size: count, root_hash: z.instanceof(Buffer) })
    .transform((row) => ({ treeSize: row.tree_size, rootHash: row.root_hash })),
);
const nextIndexRowsSchema = z.array(z.object({ next_index: count }));
const bodyRowsSchema = z.array(z.object({ index: count, body: z.instanceof(Buffer) }));
const logRowsSchema = z.array(
  z
    .object({ name: z.string(), prefix_length: z.int(), prefix_hash: z.string(), next_offset: count })
    .transform((row) => ({
      name: row.name,
      prefixLength: row.prefix_length,
      prefixHash: row.prefix_hash,
      nextOffset: row.next_offset,
    })),
);

/** Who was heard when, in PostgreSQL. */
export function createPostgresHeartbeats(pool: Pool): HeartbeatStore {
  return {
    async record(heard) {
      await pool.query(
        `INSERT INTO heartbeat (service, last_seen) SELECT * FROM unnest($1::text[], $2::timestamptz[])
         ON CONFLICT (service) DO UPDATE SET last_seen = excluded.last_seen, reported_as = NULL
         WHERE heartbeat.last_seen < excluded.last_seen`,
        [[...heard.keys()], [...heard.values()]],
      );
    },
    async all() {
      const { rows } = await pool.query('SELECT service, last_seen, reported_as FROM heartbeat ORDER BY service');
      return heardRowsSchema.parse(rows);
    },
    async markReported(services, reportedAs) {
      await pool.query(
        `UPDATE heartbeat SET reported_as = $3 FROM unnest($1::text[], $2::timestamptz[]) AS silent (service, last_seen)
         WHERE heartbeat.service = silent.service AND heartbeat.last_seen = silent.last_seen`,
        [services.map(({ service }) => service), services.map(({ lastSeen }) => lastSeen), reportedAs],
      );
    },
  };
}

/** Ends of dead-letter topics, in PostgreSQL. */
export function createPostgresDeadLetterPositions(pool: Pool): DeadLetterPositions {
  return {
    async all() {
      const { rows } = await pool.query('SELECT topic, partition, next_offset FROM dead_letter_position');
      return positionRowsSchema.parse(rows);
    },
    async save(ranges) {
      await pool.query(
        `INSERT INTO dead_letter_position (topic, partition, next_offset)
         SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[])
         ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
        [ranges.map(({ topic }) => topic), ranges.map(({ partition }) => partition), ranges.map(({ end }) => end)],
      );
    },
  };
}

/** Trees that were found sound, in PostgreSQL. */
export function createPostgresVerifiedTrees(pool: Pool): VerifiedTrees {
  return {
    async newest() {
      const { rows } = await pool.query(
        'SELECT tree_size, root_hash FROM verified_tree ORDER BY tree_size DESC LIMIT 1',
      );
      return treeRowsSchema.parse(rows)[0];
    },
    async add({ treeSize, rootHash, verifiedAt }) {
      await pool.query(
        'INSERT INTO verified_tree (tree_size, root_hash, verified_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [treeSize, rootHash, verifiedAt],
      );
    },
  };
}

/** The log's bodies and how far they were scanned, in PostgreSQL. */
export function createPostgresScannedBodies(pool: Pool): ScannedBodies {
  return {
    async next() {
      const { rows } = await pool.query('SELECT next_index FROM entry_scan');
      return nextIndexRowsSchema.parse(rows)[0]?.next_index ?? 0;
    },
    async from(index, limit) {
      const { rows } = await pool.query('SELECT index, body FROM body WHERE index >= $1 ORDER BY index LIMIT $2', [
        index,
        limit,
      ]);
      return bodyRowsSchema.parse(rows);
    },
    async moveTo(index) {
      await pool.query(
        `INSERT INTO entry_scan (next_index) VALUES ($1)
         ON CONFLICT (is_only) DO UPDATE SET next_index = greatest(entry_scan.next_index, excluded.next_index)`,
        [index],
      );
    },
  };
}

/** How far log files were scanned, in PostgreSQL. */
export function createPostgresLogPositions(pool: Pool): LogPositions {
  return {
    async all() {
      const { rows } = await pool.query(
        'SELECT name, prefix_length, prefix_hash, next_offset FROM log_scan ORDER BY name',
      );
      return logRowsSchema.parse(rows);
    },
    replace: (positions) =>
      inTransaction(pool, async (client) => {
        await client.query('DELETE FROM log_scan');
        await client.query(
          `INSERT INTO log_scan (name, prefix_length, prefix_hash, next_offset)
           SELECT * FROM unnest($1::text[], $2::integer[], $3::text[], $4::bigint[])`,
          [
            positions.map(({ name }) => name),
            positions.map(({ prefixLength }) => prefixLength),
            positions.map(({ prefixHash }) => prefixHash),
            positions.map(({ nextOffset }) => nextOffset),
          ],
        );
      }),
  };
}
