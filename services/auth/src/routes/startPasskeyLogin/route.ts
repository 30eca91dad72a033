import { passkeyCeremonySchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { StartPasskeyLogin } from '../../commands/loginWithPasskey.ts';

/** POST /v1/login/passkey/options: options to sign in with any passkey, and their ticket. */
export function startPasskeyLoginRoute(startPasskeyLogin: StartPasskeyLogin) {
  return defineRoute({
    operation: 'startPasskeyLogin',
    method: 'POST',
    path: '/v1/login/passkey/options',
    permission: null,
    responses: { 200: passkeyCeremonySchema },
    handler: async () => ({ status: 200, body: await startPasskeyLogin() }),
  });
}
