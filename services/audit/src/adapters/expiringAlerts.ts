import { type Clock, dueRows, type ExpiringRows, executeRawOf, inTransaction } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import { logBorder } from '../domain/logBorder.ts';

const countedSchema = z.tuple([z.object({ count: z.number(), oldest_at: z.date().nullable() })]);
const removedSchema = z.tuple([z.object({ removed: z.number() })]);
/** Counting stops here, one more than is told. */
const mostCounted = 100_001;

/** Alerts whose last hit is over its period: each names what it is about, a person or a network. Open ones too, after so long. */
export function expiringAlerts({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): ExpiringRows {
  const what = 'alerts';
  const retentionClass = 'security';
  const borderOf = (asked: Date) => logBorder(asked, clock.now(), retentionClass);

  return {
    what,
    retentionClass,
    async due(border) {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS count, min(last_at) AS oldest_at FROM (
           SELECT last_at FROM alert WHERE last_at < $1 AND id < alert_id_at($1) ORDER BY last_at LIMIT ${mostCounted}) AS due`,
        [borderOf(border)],
      );
      const [{ count, oldest_at }] = countedSchema.parse(rows);
      return dueRows({ what, count, oldestAt: oldest_at });
    },
    removeOldest: ({ border, most, note }) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query('SELECT remove_alerts($1, $2) AS removed', [borderOf(border), most]);
        const [{ removed }] = removedSchema.parse(rows);
        if (removed > 0) await note(executeRawOf(client), removed);
        return removed;
      }),
  };
}
