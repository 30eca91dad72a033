import { passkeyLoginCommandSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { LoginWithPasskey } from '../../commands/loginWithPasskey.ts';

/** POST /v1/login/passkey: a new session for a passkey alone. */
export function loginWithPasskeyRoute(login: LoginWithPasskey) {
  return defineRoute({
    operation: 'loginWithPasskey',
    method: 'POST',
    path: '/v1/login/passkey',
    permission: null,
    request: { body: passkeyLoginCommandSchema },
    responses: { 200: tokenGrantSchema },
    handler: async ({ body, context }) => ({ status: 200, body: await login(body, context.client) }),
  });
}
