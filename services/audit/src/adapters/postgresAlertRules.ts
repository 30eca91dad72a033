import { alertSeverities } from '@todo-chatbot/contracts';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { rulesInForce, type StoredRuleChange } from '../domain/alertRules.ts';
import type { AlertRuleStore } from '../ports/alertStore.ts';
import type { RecordedTransaction } from './recordedTransactions.ts';

const changeRowSchema = z
  .object({
    rule_id: z.string(),
    version: z.number(),
    enabled: z.boolean(),
    severity: z.enum(alertSeverities),
    threshold: z.number(),
    window_seconds: z.number(),
    changed_by: z.string(),
    changed_at: z.date(),
  })
  .transform(({ rule_id, window_seconds, changed_by, changed_at, ...row }): StoredRuleChange => {
    return {
      ...row,
      ruleId: rule_id,
      windowSeconds: window_seconds,
      changedBy: changed_by,
      changedAt: changed_at.toISOString(),
    };
  });

/** The newest change of each rule that was changed. */
export async function readRuleChanges(client: Pick<PoolClient, 'query'>): Promise<readonly StoredRuleChange[]> {
  const { rows } = await client.query(
    `SELECT DISTINCT ON (rule_id) rule_id, version, enabled, severity, threshold, window_seconds, changed_by, changed_at
     FROM alert_rule_change ORDER BY rule_id, version DESC`,
  );
  return z.array(changeRowSchema).parse(rows);
}

/** Changes of rules in PostgreSQL. */
export function createPostgresAlertRules(options: {
  readonly pool: Pool;
  readonly recorded: RecordedTransaction;
}): AlertRuleStore {
  const { pool, recorded } = options;
  return {
    list: async () => rulesInForce(await readRuleChanges(pool)),
    change: ({ ruleId, version, enabled, severity, threshold, windowSeconds, changedBy, changedAt }, record) =>
      recorded(async (client) => {
        // The primary key lets one of two changes of the same version through.
        const { rowCount } = await client.query(
          `INSERT INTO alert_rule_change
             (rule_id, version, enabled, severity, threshold, window_seconds, changed_by, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
          [ruleId, version, enabled, severity, threshold, windowSeconds, changedBy, changedAt],
        );
        if (rowCount === 0) return 'changed-meanwhile';
        await record();
        return 'changed';
      }),
  };
}
