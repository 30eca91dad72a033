import { type Clock, countDue, type ExpiringRows, executeRawOf, inTransaction } from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import { logBorder } from '../domain/logBorder.ts';

const removedSchema = z.tuple([z.object({ removed: z.number() })]);

/** Alerts whose last hit is over its period: each names what it is about, a person or a network. Open ones too, after so long. */
export function expiringAlerts({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): ExpiringRows {
  const what = 'alerts';
  const retentionClass = 'security';
  const borderOf = (asked: Date) => logBorder(asked, clock.now(), retentionClass);

  return {
    what,
    retentionClass,
    due: (border) =>
      countDue(pool, {
        what,
        dueText: 'SELECT last_at AS age FROM alert WHERE last_at < $1 AND id < alert_id_at($1) ORDER BY last_at',
        values: [borderOf(border)],
      }),
    removeOldest: ({ border, most, note }) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query('SELECT remove_alerts($1, $2) AS removed', [borderOf(border), most]);
        const [{ removed }] = removedSchema.parse(rows);
        if (removed > 0) await note(executeRawOf(client), removed);
        return removed;
      }),
  };
}
