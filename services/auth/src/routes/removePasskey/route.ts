import { passkeyParamsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { RemovePasskey } from '../../commands/removePasskey.ts';

/** DELETE /v1/factors/passkeys/:id: the passkey is gone. */
export function removePasskeyRoute(removePasskey: RemovePasskey) {
  return defineRoute({
    operation: 'removePasskey',
    method: 'DELETE',
    path: '/v1/factors/passkeys/:id',
    permission: 'account.own.change',
    stepUp: true,
    request: { params: passkeyParamsSchema },
    responses: { 204: z.undefined() },
    handler: async ({ params, user }) => {
      await removePasskey(params.id, user);
      return { status: 204 };
    },
  });
}
