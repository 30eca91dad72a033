import { sessionParamsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { EndSessions } from '../../commands/endSessions.ts';

/** DELETE /v1/sessions/:id: ends one session of the person (AUTH-9). */
export function endSessionRoute(endSessions: EndSessions) {
  return defineRoute({
    operation: 'endSession',
    method: 'DELETE',
    path: '/v1/sessions/:id',
    permission: 'account.own.change',
    request: { params: sessionParamsSchema },
    responses: { 204: z.undefined() },
    handler: async ({ user, params }) => {
      await endSessions(user, { which: 'one', sessionId: params.id });
      return { status: 204 };
    },
  });
}
