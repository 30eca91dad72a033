import type { ExpiringClass } from '@todo-chatbot/contracts';
import { type Clock, countDue, type ExpiringRows, executeRawOf } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import type { createRemoveExpiredBodies } from '../commands/removeExpiredBodies.ts';
import { logBorder } from '../domain/logBorder.ts';

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
    due: (border) =>
      countDue(pool, {
        what,
        dueText: `SELECT time AS age FROM body WHERE retention_class = $1 AND stored_at < $2 AND time < $2 ORDER BY stored_at`,
        values: [retentionClass, borderOf(border)],
      }),
    async removeOldest({ border, most, note }) {
      const removed = await removeExpiredBodies({ retentionClass, before: borderOf(border), most });
      // The log has accounted for them already; what is noted beside it is for the report.
      if (removed > 0) await note(executeRawOf(pool), removed);
      return removed;
    },
  };
}
