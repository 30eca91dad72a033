import { sessionsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { ListSessions } from '../../queries/listSessions.ts';

/** GET /v1/sessions: where the person is signed in (AUTH-9). */
export function listSessionsRoute(listSessions: ListSessions) {
  return defineRoute({
    operation: 'listSessions',
    method: 'GET',
    path: '/v1/sessions',
    permission: 'account.own.read',
    responses: { 200: sessionsSchema },
    handler: async ({ user }) => ({ status: 200, body: await listSessions(user) }),
  });
}
