import { inTransaction } from '@todo-chatbot/service-kit';
import pg, { type Pool } from 'pg';
import { z } from 'zod';
import { monitoredEventOf } from '../domain/monitoredEvent.ts';
import type { PastEvents } from '../ports/alertStore.ts';

/** SQLSTATE of a statement that took longer than it may. */
const queryCanceled = '57014';

const rowsSchema = z.array(z.object({ index: z.coerce.number().int(), body: z.instanceof(Buffer) }));

/** Past entries in PostgreSQL, read-only. */
export function createPostgresPastEvents(pool: Pool): PastEvents {
  return {
    async page({ from, to, actions, index, limit, timeoutMs }) {
      try {
        const found = await inTransaction(pool, async (client) => {
          await client.query('SET TRANSACTION READ ONLY');
          await client.query("SELECT set_config('statement_timeout', $1, true)", [
            String(Math.max(1, Math.ceil(timeoutMs))),
          ]);
          const { rows } = await client.query(
            `SELECT index, body FROM body
             WHERE time >= $1 AND time < $2 AND ($3::text[] IS NULL OR action = ANY ($3)) AND index >= $4
             ORDER BY index LIMIT $5`,
            [from, to, actions, index, limit],
          );
          return rowsSchema.parse(rows);
        });
        const events = found.flatMap((row) => monitoredEventOf(row.index, row.body) ?? []);
        const last = found.length < limit ? undefined : found.at(-1);
        return { events, examined: found.length, next: last ? last.index + 1 : null };
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.code === queryCanceled) return undefined;
        throw error;
      }
    },
  };
}
