import { loginRequestSchema, tokenGrantSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { Login } from '../../commands/login.ts';

/** POST /v1/login: a new session for e-mail and password. */
export function loginRoute(login: Login) {
  return defineRoute({
    operation: 'login',
    method: 'POST',
    path: '/v1/login',
    permission: null,
    request: { body: loginRequestSchema },
    responses: { 200: tokenGrantSchema },
    handler: async ({ body }) => ({ status: 200, body: await login(body) }),
  });
}
