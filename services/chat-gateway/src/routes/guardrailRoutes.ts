import {
  changeGuardrailSettingsRequestSchema,
  evaluationQuerySchema,
  evaluationSchema,
  guardrailDecisionParamsSchema,
  guardrailDecisionSchema,
  guardrailDecisionsQuerySchema,
  guardrailDecisionsSchema,
  guardrailFeedbackRequestSchema,
  guardrailPreviewSchema,
  guardrailSettingsHistorySchema,
  guardrailSettingsSchema,
  guardrailStatusSchema,
  guardrailTrialSchema,
  previewGuardrailSettingsRequestSchema,
  quarantinedTextSchema,
  rulesetBodyLimitBytes,
  trialBodyLimitBytes,
  tryGuardrailRequestSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route, type SignedInUser } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PersonTokens } from './personTokens.ts';

/** The guardrail's settings, what it decided, and what people say of that (GUARD-5). */
export function guardrailRoutes({
  dapr,
  tokens,
}: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
}): Route[] {
  const guardrail = (user: SignedInUser) => ({ appId: 'guardrail' as const, userToken: tokens.tokenOf(user) });
  return [
    defineRoute({
      operation: 'getGuardrailSettings',
      method: 'GET',
      path: '/api/v1/guardrail/settings',
      permission: 'configuration.read',
      responses: { 200: guardrailSettingsSchema },
      handler: async ({ user }) => {
        const request = { ...guardrail(user), method: 'GET', path: '/v1/settings' } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailSettingsSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'listGuardrailSettings',
      method: 'GET',
      path: '/api/v1/guardrail/settings/history',
      permission: 'configuration.read',
      responses: { 200: guardrailSettingsHistorySchema },
      handler: async ({ user }) => {
        const request = { ...guardrail(user), method: 'GET', path: '/v1/settings-history' } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailSettingsHistorySchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'changeGuardrailSettings',
      method: 'PUT',
      path: '/api/v1/guardrail/settings',
      permission: 'configuration.change',
      stepUp: true,
      bodyLimitBytes: rulesetBodyLimitBytes,
      request: { body: changeGuardrailSettingsRequestSchema },
      responses: { 200: guardrailSettingsSchema },
      handler: async ({ body: change, user }) => {
        const request = { ...guardrail(user), method: 'PUT', path: '/v1/settings', body: change } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailSettingsSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'previewGuardrailSettings',
      method: 'POST',
      path: '/api/v1/guardrail/settings/preview',
      permission: 'guardrail.review',
      bodyLimitBytes: rulesetBodyLimitBytes,
      request: { body: previewGuardrailSettingsRequestSchema },
      responses: { 200: guardrailPreviewSchema },
      handler: async ({ body: asked, user }) => {
        const path = '/v1/settings-preview';
        const request = { ...guardrail(user), method: 'POST', path, body: asked } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailPreviewSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'tryGuardrail',
      method: 'POST',
      path: '/api/v1/guardrail/trials',
      permission: 'configuration.read',
      bodyLimitBytes: trialBodyLimitBytes,
      request: { body: tryGuardrailRequestSchema },
      responses: { 200: guardrailTrialSchema },
      handler: async ({ body: asked, user }) => {
        const request = { ...guardrail(user), method: 'POST', path: '/v1/trials', body: asked } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailTrialSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'listGuardrailDecisions',
      method: 'GET',
      path: '/api/v1/guardrail/decisions',
      permission: 'audit.read',
      request: { query: guardrailDecisionsQuerySchema },
      responses: { 200: guardrailDecisionsSchema },
      handler: async ({ query, user }) => {
        const request = { ...guardrail(user), method: 'GET', path: '/v1/decisions', query } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailDecisionsSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'openGuardrailText',
      method: 'GET',
      path: '/api/v1/guardrail/decisions/:id/text',
      permission: 'guardrail.review',
      request: { params: guardrailDecisionParamsSchema },
      responses: { 200: quarantinedTextSchema },
      handler: async ({ params: { id }, user }) => {
        const request = { ...guardrail(user), method: 'GET', path: `/v1/decision-texts/${id}` } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: quarantinedTextSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'labelGuardrailDecision',
      method: 'PUT',
      path: '/api/v1/guardrail/decisions/:id/label',
      permission: 'guardrail.review',
      request: { params: guardrailDecisionParamsSchema, body: guardrailFeedbackRequestSchema },
      responses: { 200: guardrailDecisionSchema },
      handler: async ({ params: { id }, body: label, user }) => {
        const path = `/v1/decision-labels/${id}`;
        const request = { ...guardrail(user), method: 'PUT', path, body: label } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailDecisionSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'exportGuardrailEvaluation',
      method: 'GET',
      path: '/api/v1/guardrail/evaluation',
      permission: 'guardrail.review',
      request: { query: evaluationQuerySchema },
      responses: { 200: evaluationSchema },
      handler: async ({ query, user }) => {
        const request = { ...guardrail(user), method: 'GET', path: '/v1/evaluation', query } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: evaluationSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'getGuardrailStatus',
      method: 'GET',
      path: '/api/v1/guardrail/status',
      permission: 'configuration.read',
      responses: { 200: guardrailStatusSchema },
      handler: async ({ user }) => {
        const request = { ...guardrail(user), method: 'GET', path: '/v1/status' } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: guardrailStatusSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'sendGuardrailFeedback',
      method: 'PUT',
      path: '/api/v1/chat/refusals/:id/feedback',
      permission: 'chat.own.use',
      request: { params: guardrailDecisionParamsSchema, body: guardrailFeedbackRequestSchema },
      responses: { 204: z.undefined() },
      handler: async ({ params: { id }, body: label, user }) => {
        const path = `/v1/decision-feedback/${id}`;
        const request = { ...guardrail(user), method: 'PUT', path, body: label } as const;
        await dapr.invoke({ ...request, responseSchema: z.undefined() });
        return { status: 204 };
      },
    }),
  ];
}
