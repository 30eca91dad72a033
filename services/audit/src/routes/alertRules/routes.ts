import {
  alertRuleIdSchema,
  alertRuleSchema,
  alertRulesSchema,
  alertRuleTrialRequestSchema,
  alertRuleTrialSchema,
  changeAlertRuleRequestSchema,
} from '@todo-chatbot/contracts';
import { type Clock, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createChangeAlertRule } from '../../commands/changeAlertRule.ts';
import type { LogWriter } from '../../commands/logWriter.ts';
import { recordAccess } from '../../commands/recordAccess.ts';
import type { AlertRuleStore, PastEvents } from '../../ports/alertStore.ts';
import type { OpenUserAgents } from '../../queries/openUserAgents.ts';
import { createTryRule } from '../../queries/tryRule.ts';

/** `rule_<id>`: in the mesh, an item has an underscore in its name, which tells it from what else lies below its path. */
const paramsSchema = z.strictObject({
  id: z
    .string()
    .startsWith('rule_')
    .transform((id) => id.slice('rule_'.length))
    .pipe(alertRuleIdSchema),
});

/** `/v1/alert-rules`: what the security monitoring looks for (OBS-3). */
export function alertRuleRoutes(options: {
  readonly rules: AlertRuleStore;
  readonly past: PastEvents;
  readonly openUserAgents: OpenUserAgents;
  readonly writer: LogWriter;
  readonly clock: Clock;
}): Route[] {
  const { rules, past, openUserAgents, writer } = options;
  const changeAlertRule = createChangeAlertRule(options);
  const tryRule = createTryRule(past, openUserAgents);
  return [
    defineRoute({
      operation: 'listAlertRules',
      method: 'GET',
      path: '/v1/alert-rules',
      permission: 'audit.read',
      responses: { 200: alertRulesSchema },
      handler: async () => ({ status: 200, body: { items: [...(await rules.list())] } }),
    }),
    defineRoute({
      operation: 'changeAlertRule',
      method: 'PUT',
      path: '/v1/alert-rules/:id',
      permission: 'configuration.change',
      stepUp: true,
      request: { params: paramsSchema, body: changeAlertRuleRequestSchema },
      responses: { 200: alertRuleSchema },
      handler: async ({ params: { id }, body: asked, user, context }) => ({
        status: 200,
        body: await changeAlertRule({ id, asked, user, context }),
      }),
    }),
    defineRoute({
      operation: 'tryAlertRule',
      method: 'POST',
      path: '/v1/alert-rules/trial/:id',
      permission: 'audit.read',
      request: { params: paramsSchema, body: alertRuleTrialRequestSchema },
      responses: { 200: alertRuleTrialSchema },
      handler: async ({ params: { id }, body: { from, to, threshold, windowSeconds }, context }) => {
        const asItIs = (await rules.list()).find((rule) => rule.id === id);
        if (!asItIs) throw new ProblemError('alert-rule.not-found');
        const rule = {
          ...asItIs,
          threshold: threshold ?? asItIs.threshold,
          windowSeconds: windowSeconds ?? asItIs.windowSeconds,
        };
        const trial = await tryRule({ rule, from: new Date(from), to: new Date(to) });
        await recordAccess(writer, {
          context,
          action: 'alert-rule.try',
          category: 'data-access',
          object: { type: 'alert-rule', id },
          input: { from, to, threshold: rule.threshold, windowSeconds: rule.windowSeconds, count: trial.alerts.length },
        });
        return { status: 200, body: trial };
      },
    }),
  ];
}
