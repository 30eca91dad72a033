import { changePasswordRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ChangePassword } from '../../commands/changePassword.ts';

/** PUT /v1/password: another password, by somebody who knows the current one. */
export function changePasswordRoute(changePassword: ChangePassword) {
  return defineRoute({
    operation: 'changePassword',
    method: 'PUT',
    path: '/v1/password',
    permission: 'account.own.change',
    request: { body: changePasswordRequestSchema },
    responses: { 204: z.undefined() },
    handler: async ({ user, body }) => {
      await changePassword(user, body);
      return { status: 204 };
    },
  });
}
