import { loginCommandSchema, secondFactorRequiredSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { Login } from '../../commands/login.ts';

/** POST /v1/login: a new session for e-mail and password; 202 when the second factor has to follow. */
export function loginRoute(login: Login) {
  return defineRoute({
    operation: 'login',
    method: 'POST',
    path: '/v1/login',
    permission: null,
    request: { body: loginCommandSchema },
    responses: { 200: tokenGrantSchema, 202: secondFactorRequiredSchema },
    handler: async ({ body, context }) => {
      const outcome = await login(body, context.client);
      return outcome.kind === 'signed-in'
        ? { status: 200, body: outcome.grant }
        : { status: 202, body: outcome.required };
    },
  });
}
