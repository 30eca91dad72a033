import { confirmEmailRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { ConfirmEmail } from '../../commands/confirmEmail.ts';

/** POST /v1/email/confirm: the address that a link was mailed to. The link is proof enough: it may be opened in another browser. */
export function confirmEmailRoute(confirmEmail: ConfirmEmail) {
  return defineRoute({
    operation: 'confirmEmail',
    method: 'POST',
    path: '/v1/email/confirm',
    permission: null,
    request: { body: confirmEmailRequestSchema },
    responses: { 204: z.undefined() },
    handler: async ({ body }) => {
      await confirmEmail(body.token);
      return { status: 204 };
    },
  });
}
