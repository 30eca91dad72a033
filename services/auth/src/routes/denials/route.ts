import { denialsQuerySchema, denialsSchema } from '@todo-chatbot/contracts';
import { type Clock, defineRoute } from '@todo-chatbot/service-kit';
import type { DenialReader } from '../../ports/denialReader.ts';

/** GET /v1/denials: what every service refuses access tokens for, asked for once a second (AUTH-11). */
export function denialsRoute(denials: DenialReader, clock: Clock) {
  return defineRoute({
    operation: 'listDenials',
    method: 'GET',
    path: '/v1/denials',
    permission: null,
    request: { query: denialsQuerySchema },
    responses: { 200: denialsSchema },
    handler: async ({ query }) => ({
      status: 200,
      body: await denials.read({ since: query.since, now: clock.now() }),
    }),
  });
}
