import {
  acknowledgeAlertRequestSchema,
  alertParamsSchema,
  alertRuleParamsSchema,
  alertRuleSchema,
  alertRulesSchema,
  alertRuleTrialRequestSchema,
  alertRuleTrialSchema,
  alertSchema,
  alertsQuerySchema,
  alertsSchema,
  changeAlertRuleRequestSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route, type SignedInUser } from '@todo-chatbot/service-kit';
import type { PersonTokens } from './personTokens.ts';

/** A trial may read for 5 s; the sidecar gives up after 10 s. */
const trialTimeoutMs = 9_000;

/** Alerts of the security monitoring and its rules (OBS-3). */
export function alertRoutes({
  dapr,
  tokens,
}: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
}): Route[] {
  const audit = (user: SignedInUser) => ({ appId: 'audit' as const, userToken: tokens.tokenOf(user) });
  return [
    defineRoute({
      operation: 'listAlerts',
      method: 'GET',
      path: '/api/v1/alerts',
      permission: 'audit.read',
      request: { query: alertsQuerySchema },
      responses: { 200: alertsSchema },
      handler: async ({ query, user }) => {
        const request = { ...audit(user), method: 'GET', path: '/v1/alerts', query } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: alertsSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'acknowledgeAlert',
      method: 'POST',
      path: '/api/v1/alerts/:id/acknowledge',
      permission: 'alert.acknowledge',
      request: { params: alertParamsSchema, body: acknowledgeAlertRequestSchema },
      responses: { 200: alertSchema },
      handler: async ({ params: { id }, body: resolution, user }) => {
        const path = `/v1/alerts/acknowledge/${id}`;
        const request = { ...audit(user), method: 'POST', path, body: resolution } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: alertSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'listAlertRules',
      method: 'GET',
      path: '/api/v1/alert-rules',
      permission: 'audit.read',
      responses: { 200: alertRulesSchema },
      handler: async ({ user }) => {
        const request = { ...audit(user), method: 'GET', path: '/v1/alert-rules' } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: alertRulesSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'changeAlertRule',
      method: 'PUT',
      path: '/api/v1/alert-rules/:id',
      permission: 'configuration.change',
      stepUp: true,
      request: { params: alertRuleParamsSchema, body: changeAlertRuleRequestSchema },
      responses: { 200: alertRuleSchema },
      handler: async ({ params: { id }, body: change, user }) => {
        const request = { ...audit(user), method: 'PUT', path: `/v1/alert-rules/rule_${id}`, body: change } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: alertRuleSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'tryAlertRule',
      method: 'POST',
      path: '/api/v1/alert-rules/:id/trial',
      permission: 'audit.read',
      request: { params: alertRuleParamsSchema, body: alertRuleTrialRequestSchema },
      responses: { 200: alertRuleTrialSchema },
      handler: async ({ params: { id }, body: trial, user }) => {
        const path = `/v1/alert-rules/trial/rule_${id}`;
        const request = { ...audit(user), method: 'POST', path, body: trial, timeoutMs: trialTimeoutMs } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: alertRuleTrialSchema });
        return { status: 200, body };
      },
    }),
  ];
}
