import { accountSchema, registerRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { Register } from '../../commands/register.ts';

/** POST /v1/register: a new account, whose e-mail is not verified yet. */
export function registerRoute(register: Register) {
  return defineRoute({
    operation: 'register',
    method: 'POST',
    path: '/v1/register',
    permission: null,
    request: { body: registerRequestSchema },
    responses: { 201: accountSchema },
    handler: async ({ body }) => ({ status: 201, body: await register(body) }),
  });
}
