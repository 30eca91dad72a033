import { passkeyParamsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { RemovePasskey } from '../../commands/removePasskey.ts';

const prefix = 'passkey_';

/**
 * `passkey_<id>`: in the mesh, an item has an underscore in its name, which tells it from what else lies below its path. The id itself is
 * the authenticator's, and has one or not.
 */
const paramsSchema = z.strictObject({
  id: z
    .string()
    .startsWith(prefix)
    .transform((id) => id.slice(prefix.length))
    .pipe(passkeyParamsSchema.shape.id),
});

/** DELETE /v1/factors/passkeys/passkey_…: the passkey is gone. */
export function removePasskeyRoute(removePasskey: RemovePasskey) {
  return defineRoute({
    operation: 'removePasskey',
    method: 'DELETE',
    path: '/v1/factors/passkeys/:id',
    permission: 'account.own.change',
    stepUp: true,
    request: { params: paramsSchema },
    responses: { 204: z.undefined() },
    handler: async ({ params, user }) => {
      await removePasskey(params.id, user);
      return { status: 204 };
    },
  });
}
