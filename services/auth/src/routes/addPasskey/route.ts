import { addPasskeyRequestSchema, passkeySchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { AddPasskey } from '../../commands/addPasskey.ts';

/** POST /v1/factors/passkeys: the passkey that the browser made. */
export function addPasskeyRoute(addPasskey: AddPasskey) {
  return defineRoute({
    operation: 'addPasskey',
    method: 'POST',
    path: '/v1/factors/passkeys',
    permission: 'account.own.change',
    stepUp: true,
    request: { body: addPasskeyRequestSchema },
    responses: { 201: passkeySchema },
    handler: async ({ body, user }) => ({ status: 201, body: await addPasskey(body, user) }),
  });
}
