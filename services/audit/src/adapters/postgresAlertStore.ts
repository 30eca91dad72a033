import { type Alert, alertSchema } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import { noGroup } from '../domain/evaluateRule.ts';
import type { AlertStore } from '../ports/alertStore.ts';
import type { RecordedTransaction } from './recordedTransactions.ts';

const columns = `id, rule_id AS "ruleId", title, severity, group_key, count, first_at, last_at,
  entry_indexes AS "entryIndexes", acknowledged_by AS "acknowledgedBy", acknowledged_at, resolution`;

const alertRowSchema = z
  .object({
    ...alertSchema.omit({ group: true, firstAt: true, lastAt: true, state: true, acknowledgedAt: true }).shape,
    group_key: z.string(),
    first_at: z.date(),
    last_at: z.date(),
    acknowledged_at: z.date().nullable(),
    entryIndexes: z.array(z.coerce.number().int()),
  })
  .transform(({ group_key, first_at, last_at, acknowledged_at, ...row }): Alert => {
    return {
      ...row,
      group: group_key === noGroup ? null : group_key,
      firstAt: first_at.toISOString(),
      lastAt: last_at.toISOString(),
      state: acknowledged_at ? 'acknowledged' : 'open',
      acknowledgedAt: acknowledged_at?.toISOString() ?? null,
    };
  });

/** Alerts in PostgreSQL. */
export function createPostgresAlertStore(options: {
  readonly pool: Pool;
  readonly recorded: RecordedTransaction;
}): AlertStore {
  const { pool, recorded } = options;
  return {
    page: async ({ state, severity, before, limit }) => {
      const { rows } = await pool.query(
        `SELECT ${columns} FROM alert
         WHERE ($1::boolean IS NULL OR (acknowledged_at IS NULL) = $1) AND ($2::text IS NULL OR severity = $2)
           AND ($3::text IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4`,
        [state === null ? null : state === 'open', severity, before, limit],
      );
      return z.array(alertRowSchema).parse(rows);
    },
    acknowledge: ({ id, by, at, resolution }, record) =>
      recorded(async (client) => {
        const { rows } = await client.query(
          `UPDATE alert SET acknowledged_by = $2, acknowledged_at = $3, resolution = $4
           WHERE id = $1 AND acknowledged_at IS NULL RETURNING ${columns}`,
          [id, by, at, resolution],
        );
        const [alert] = z.array(alertRowSchema).parse(rows);
        if (!alert) {
          const { rowCount } = await client.query('SELECT FROM alert WHERE id = $1', [id]);
          return rowCount === 0 ? 'not-found' : 'already-acknowledged';
        }
        await record(alert);
        return alert;
      }),
  };
}
