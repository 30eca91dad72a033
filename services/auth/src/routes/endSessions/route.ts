import { endSessionsQuerySchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { EndSessions } from '../../commands/endSessions.ts';

/** DELETE /v1/sessions?which=others|all: signs the person out elsewhere, or everywhere (AUTH-9). */
export function endSessionsRoute(endSessions: EndSessions) {
  return defineRoute({
    operation: 'endSessions',
    method: 'DELETE',
    path: '/v1/sessions',
    permission: 'account.own.change',
    request: { query: endSessionsQuerySchema },
    responses: { 204: z.undefined() },
    handler: async ({ user, query }) => {
      await endSessions(user, query);
      return { status: 204 };
    },
  });
}
