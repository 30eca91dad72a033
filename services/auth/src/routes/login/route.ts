import { loginCommandSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { Login } from '../../commands/login.ts';

/** POST /v1/login: a new session for e-mail and password. */
export function loginRoute(login: Login) {
  return defineRoute({
    operation: 'login',
    method: 'POST',
    path: '/v1/login',
    permission: null,
    request: { body: loginCommandSchema },
    responses: { 200: tokenGrantSchema },
    handler: async ({ body, context }) => ({ status: 200, body: await login(body, context.client) }),
  });
}
