import { changeEmailRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ChangeEmail } from '../../commands/changeEmail.ts';

/** POST /v1/email/change: another address for the account, once the link that goes there is opened. */
export function changeEmailRoute(changeEmail: ChangeEmail) {
  return defineRoute({
    operation: 'changeEmail',
    method: 'POST',
    path: '/v1/email/change',
    permission: 'account.own.change',
    stepUp: true,
    request: { body: changeEmailRequestSchema },
    responses: { 202: z.undefined() },
    handler: async ({ body, user }) => {
      await changeEmail(user, body.email);
      return { status: 202 };
    },
  });
}
