import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { auditActionSchema, auditCategories } from '../events/auditEvent.ts';
import { idSchema } from '../ids.ts';
import { countSchema, flagSchema, instantSchema, oneOf, pageSizeSchema, positiveCountSchema } from '../leaves.ts';
import { cursorSchema } from './common.ts';

/** How much an alert matters, least first. `high` and `critical` are mailed. */
export const alertSeverities = ['info', 'warning', 'high', 'critical'] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

/** Name of a rule: `failed-sign-ins-by-address`. */
export const alertRuleIdSchema = annotated(z.string().regex(/^[a-z][a-z-]{1,59}$/), 'protocol.internal');

/** What became of an acknowledged alert. A closed list, because free text about people would never be erased from the log. */
export const alertResolutions = ['handled', 'false-alarm', 'expected'] as const;
export type AlertResolution = (typeof alertResolutions)[number];

/** An alert. Further hits of the same rule and group raise `count` and `lastAt` of the open one instead of making another. */
export const alertSchema = z.strictObject({
  id: idSchema('alert'),
  ruleId: alertRuleIdSchema,
  title: annotated(z.string().max(200), 'protocol.public'),
  severity: oneOf(alertSeverities),
  /** What the hits have in common: an account, an address, a service; null for rules without groups. */
  group: annotated(z.string().max(100), 'audit.trail').nullable(),
  count: positiveCountSchema,
  firstAt: instantSchema,
  lastAt: instantSchema,
  /** Newest entries of the log that led to it. */
  entryIndexes: z.array(countSchema).max(20),
  state: oneOf(['open', 'acknowledged']),
  acknowledgedBy: idSchema('user').nullable(),
  acknowledgedAt: instantSchema.nullable(),
  resolution: oneOf(alertResolutions).nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Query of a page of alerts, newest first. */
export const alertsQuerySchema = z.strictObject({
  state: oneOf(['open', 'acknowledged']).optional(),
  severity: oneOf(alertSeverities).optional(),
  limit: pageSizeSchema(100, 50),
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
export const acknowledgeAlertRequestSchema = z.strictObject({ resolution: oneOf(alertResolutions) });

/** Which audit events a rule looks at; what is unset does not matter. */
export const alertMatchSchema = z.strictObject({
  actions: z.array(auditActionSchema).max(20).optional(),
  categories: z.array(oneOf(auditCategories)).max(7).optional(),
  services: z.array(oneOf(appIds)).max(6).optional(),
  success: flagSchema.optional(),
  reasons: z
    .array(annotated(z.string().max(200), 'protocol.internal'))
    .max(20)
    .optional(),
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
  title: annotated(z.string().max(200), 'protocol.public'),
  kind: oneOf(['threshold', 'new-device', 'signal']),
  match: alertMatchSchema,
  groupBy: oneOf(alertGroupings),
  enabled: flagSchema,
  severity: oneOf(alertSeverities),
  /** At most 1,000, because the monitor reads the window of a group as a whole. */
  threshold: annotated(z.int().min(1).max(1_000), 'protocol.internal'),
  windowSeconds: annotated(z.int().min(1).max(31_536_000), 'protocol.internal'),
  /** Goes up with each change; 0: as it came. */
  version: countSchema,
  changedBy: idSchema('user').nullable(),
  changedAt: instantSchema.nullable(),
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
  from: instantSchema,
  to: instantSchema,
  threshold: alertRuleSchema.shape.threshold.optional(),
  windowSeconds: alertRuleSchema.shape.windowSeconds.optional(),
});
/** Alerts that the rule would have raised, oldest first; `examined` events were looked at, and all of them unless `isPartial`. */
export const alertRuleTrialSchema = z.strictObject({
  alerts: z
    .array(alertSchema.pick({ group: true, count: true, firstAt: true, lastAt: true, entryIndexes: true }))
    .max(100),
  examined: countSchema,
  isPartial: flagSchema,
});
export type AlertRuleTrial = z.infer<typeof alertRuleTrialSchema>;
