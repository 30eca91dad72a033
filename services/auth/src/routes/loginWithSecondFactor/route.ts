import { secondFactorCommandSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { LoginWithSecondFactor } from '../../commands/loginWithSecondFactor.ts';

/** POST /v1/login/second-factor: a new session for the ticket of a right password and a second factor. */
export function loginWithSecondFactorRoute(login: LoginWithSecondFactor) {
  return defineRoute({
    operation: 'loginWithSecondFactor',
    method: 'POST',
    path: '/v1/login/second-factor',
    permission: null,
    request: { body: secondFactorCommandSchema },
    responses: { 200: tokenGrantSchema },
    handler: async ({ body, context }) => ({ status: 200, body: await login(body, context.client) }),
  });
}
