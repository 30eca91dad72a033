import { z } from 'zod';
import { appIds } from '../apps.ts';
import { auditActionSchema, auditCategories } from '../events/auditEvent.ts';
import { idSchema } from '../ids.ts';
import { cursorSchema } from './common.ts';

/** How much an alert matters, least first. `high` and `critical` are mailed. */
export const alertSeverities = ['info', 'warning', 'high', 'critical'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

/** Name of a rule: `failed-sign-ins-by-address`. */
export const alertRuleIdSchema = z.string().regex(/^[a-z][a-z-]{1,59}$/);

/** What became of an acknowledged alert. A closed list, because free text about people would never be erased from the log. */
export const alertResolutions = ['handled', 'false-alarm', 'expected'] as const;
export type AlertResolution = (typeof alertResolutions)[number];

/** An alert. Further hits of the same rule and group raise `count` and `lastAt` of the open one instead of making another. */
export const alertSchema = z.strictObject({
  id: idSchema('alert'),
  ruleId: alertRuleIdSchema,
  title: z.string().max(200),
  severity: z.enum(alertSeverities),
  /** What the hits have in common: an account, an address, a service; null for rules without groups. */
  group: z.string().max(100).nullable(),
  count: z.int().min(1),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  /** Newest entries of the log that led to it. */
  entryIndexes: z.array(z.int().min(0)).max(20),
  state: z.enum(['open', 'acknowledged']),
  acknowledgedBy: idSchema('user').nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  resolution: z.enum(alertResolutions).nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Query of a page of alerts, newest first. */
export const alertsQuerySchema = z.strictObject({
  state: z.enum(['open', 'acknowledged']).optional(),
  severity: z.enum(alertSeverities).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: cursorSchema.optional(),
});
/** Newest first. */
export const alertsSchema = z.strictObject({
  items: z.array(alertSchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Names one alert. */
export const alertParamsSchema = z.strictObject({ id: idSchema('alert') });

/** Acknowledges an alert. */
export const acknowledgeAlertRequestSchema = z.strictObject({ resolution: z.enum(alertResolutions) });

/** Which audit events a rule looks at; what is unset does not matter. */
export const alertMatchSchema = z.strictObject({
  actions: z.array(auditActionSchema).max(20).optional(),
  categories: z.array(z.enum(auditCategories)).max(7).optional(),
  services: z.array(z.enum(appIds)).max(6).optional(),
  success: z.boolean().optional(),
  reasons: z.array(z.string().max(200)).max(20).optional(),
});
export type AlertMatch = z.infer<typeof alertMatchSchema>;

/** By what hits of a rule are counted apart. */
export const alertGroupings = ['none', 'actor', 'object', 'address', 'service'] as const;

/**
 * A rule. `threshold`: so many matching events of one group within the window. `new-device`: a matching event of an actor with both a
 * user agent and an address that were not seen of them within the window. `signal`: something that is no audit event, such as a failed
 * verification of the log; its threshold and window count signals.
 */
export const alertRuleSchema = z.strictObject({
  id: alertRuleIdSchema,
  title: z.string().max(200),
  kind: z.enum(['threshold', 'new-device', 'signal']),
  match: alertMatchSchema,
  groupBy: z.enum(alertGroupings),
  enabled: z.boolean(),
  severity: z.enum(alertSeverities),
  /** At most 1,000, because the monitor reads the window of a group as a whole. */
  threshold: z.int().min(1).max(1_000),
  windowSeconds: z.int().min(1).max(31_536_000),
  /** Goes up with each change; 0: as it came. */
  version: z.int().min(0),
  changedBy: idSchema('user').nullable(),
  changedAt: z.iso.datetime().nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;
/** Every rule, by id. */
export const alertRulesSchema = z.strictObject({ items: z.array(alertRuleSchema).max(100) });

/** Names one rule. */
export const alertRuleParamsSchema = z.strictObject({ id: alertRuleIdSchema });

/** What an editor may change of a rule. `version` is the one that was read. */
export const changeAlertRuleRequestSchema = alertRuleSchema
  .pick({ enabled: true, severity: true, threshold: true, windowSeconds: true, version: true })
  .strict();
export type AlertRuleChange = z.infer<typeof changeAlertRuleRequestSchema>;

/** Runs a rule over past events, by default as it is, with other numbers if given. Raises nothing. */
export const alertRuleTrialRequestSchema = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  threshold: alertRuleSchema.shape.threshold.optional(),
  windowSeconds: alertRuleSchema.shape.windowSeconds.optional(),
});
/** Alerts that the rule would have raised, oldest first; `examined` events were looked at, and all of them unless `isPartial`. */
export const alertRuleTrialSchema = z.strictObject({
  alerts: z
    .array(alertSchema.pick({ group: true, count: true, firstAt: true, lastAt: true, entryIndexes: true }))
    .max(100),
  examined: z.int().min(0),
  isPartial: z.boolean(),
});
export type AlertRuleTrial = z.infer<typeof alertRuleTrialSchema>;
