import { passkeyCeremonySchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { StartPasskeyRegistration } from '../../commands/addPasskey.ts';

/** POST /v1/factors/passkey-options: options to make a passkey, and their ticket. */
export function startPasskeyRegistrationRoute(startPasskeyRegistration: StartPasskeyRegistration) {
  return defineRoute({
    operation: 'startPasskeyRegistration',
    method: 'POST',
    path: '/v1/factors/passkey-options',
    permission: 'account.own.change',
    stepUp: true,
    responses: { 200: passkeyCeremonySchema },
    handler: async ({ user }) => ({ status: 200, body: await startPasskeyRegistration(user) }),
  });
}
