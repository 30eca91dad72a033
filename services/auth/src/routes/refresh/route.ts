import { refreshCommandSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { Refresh } from '../../commands/refresh.ts';

/** POST /v1/refresh: new tokens for a refresh token, which is used up by it (AUTH-3). */
export function refreshRoute(refresh: Refresh) {
  return defineRoute({
    operation: 'refresh',
    method: 'POST',
    path: '/v1/refresh',
    permission: null,
    request: { body: refreshCommandSchema },
    responses: { 200: tokenGrantSchema },
    handler: async ({ body, context }) => ({
      status: 200,
      body: await refresh(body, context.client),
    }),
  });
}
