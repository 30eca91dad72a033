import { resetRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { RequestPasswordReset } from '../../commands/requestPasswordReset.ts';

/** POST /v1/password/reset-request: a link to choose a new password. The answer is the same whether or not there is an account. */
export function requestPasswordResetRoute(requestPasswordReset: RequestPasswordReset) {
  return defineRoute({
    operation: 'requestPasswordReset',
    method: 'POST',
    path: '/v1/password/reset-request',
    permission: null,
    request: { body: resetRequestSchema },
    responses: { 202: z.undefined() },
    handler: async ({ body }) => {
      await requestPasswordReset(body.email);
      return { status: 202 };
    },
  });
}
