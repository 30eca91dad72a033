import { confirmTotpRequestSchema, recoveryCodesSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { ConfirmTotp } from '../../commands/confirmTotp.ts';

/** POST /v1/factors/totp/confirm: the first code makes the secret a factor; the answer is recovery codes. */
export function confirmTotpRoute(confirmTotp: ConfirmTotp) {
  return defineRoute({
    operation: 'confirmTotp',
    method: 'POST',
    path: '/v1/factors/totp/confirm',
    permission: 'account.own.change',
    request: { body: confirmTotpRequestSchema },
    responses: { 200: recoveryCodesSchema },
    handler: async ({ body, user }) => ({ status: 200, body: await confirmTotp(body, user) }),
  });
}
