import { resetPasswordRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ResetPassword } from '../../commands/resetPassword.ts';

/** POST /v1/password/reset: a new password by mailed link. */
export function resetPasswordRoute(resetPassword: ResetPassword) {
  return defineRoute({
    operation: 'resetPassword',
    method: 'POST',
    path: '/v1/password/reset',
    permission: null,
    request: { body: resetPasswordRequestSchema },
    responses: { 204: z.undefined() },
    handler: async ({ body }) => {
      await resetPassword(body);
      return { status: 204 };
    },
  });
}
