import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { RemoveTotp } from '../../commands/removeTotp.ts';

/** DELETE /v1/factors/totp: the TOTP factor is gone. */
export function removeTotpRoute(removeTotp: RemoveTotp) {
  return defineRoute({
    operation: 'removeTotp',
    method: 'DELETE',
    path: '/v1/factors/totp',
    permission: 'account.own.change',
    stepUp: true,
    responses: { 204: z.undefined() },
    handler: async ({ user }) => {
      await removeTotp(user);
      return { status: 204 };
    },
  });
}
