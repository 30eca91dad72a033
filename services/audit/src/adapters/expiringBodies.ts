import type { ExpiringClass } from '@todo-chatbot/contracts';
import { type Clock, dueRows, type ExpiringRows, executeRawOf } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { createRemoveExpiredBodies } from '../commands/removeExpiredBodies.ts';
import { logBorder } from '../domain/logBorder.ts';

const countedSchema = z.tuple([z.object({ count: z.number(), oldest_at: z.date().nullable() })]);
/** Counting stops here, one more than is told. */
const mostCounted = 100_001;

/**
 * What the log says of a class. It goes when both its period and the log's own least period are over, through the function of the database
 * that sees to the latter, each batch with the entry that accounts for it.
 */
export function expiringBodies(options: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly removeExpiredBodies: ReturnType<typeof createRemoveExpiredBodies>;
  readonly retentionClass: ExpiringClass;
}): ExpiringRows {
  const { pool, clock, removeExpiredBodies, retentionClass } = options;
  const what = 'entries';

  const borderOf = (asked: Date) => logBorder(asked, clock.now(), retentionClass);

  return {
    what,
    retentionClass,
    async due(border) {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS count, min(time) AS oldest_at FROM (
           SELECT time FROM body WHERE retention_class = $1 AND stored_at < $2 AND time < $2
           ORDER BY stored_at LIMIT ${mostCounted}) AS due`,
        [retentionClass, borderOf(border)],
      );
      const [{ count, oldest_at }] = countedSchema.parse(rows);
      return dueRows({ what, count, oldestAt: oldest_at });
    },
    async removeOldest({ border, most, note }) {
      const removed = await removeExpiredBodies({ retentionClass, before: borderOf(border), most });
      // The log has accounted for them already; what is noted beside it is for the report.
      if (removed > 0) await note(executeRawOf(pool), removed);
      return removed;
    },
  };
}
