import {
  begunErasureSchema,
  erasureHeadersSchema,
  erasureParamsSchema,
  erasureStatusSchema,
  erasuresQuerySchema,
  erasuresSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import type { BeginErasure } from '../../commands/beginErasure.ts';
import type { ReadErasures } from '../../queries/readErasures.ts';

/** /v1/erasures: a person erases themselves, and sees how far it is when they have no account any more (PRIV-4). */
export function erasureRoutes(options: {
  readonly beginErasure: BeginErasure;
  readonly readErasures: ReadErasures;
}): Route[] {
  const { beginErasure, readErasures } = options;
  return [
    defineRoute({
      operation: 'eraseAccount',
      method: 'POST',
      path: '/v1/erasures',
      permission: 'account.own.change',
      stepUp: true,
      responses: { 202: begunErasureSchema },
      handler: async ({ user }) => {
        const { deadlineAt, ...begun } = await beginErasure(user, user.userId, 'person');
        return { status: 202, body: { ...begun, deadlineAt: deadlineAt?.toISOString() ?? null } };
      },
    }),
    defineRoute({
      operation: 'listErasures',
      method: 'GET',
      path: '/v1/erasures',
      permission: 'user.read',
      request: { query: erasuresQuerySchema },
      responses: { 200: erasuresSchema },
      handler: async ({ query }) => ({ status: 200, body: await readErasures.list(query) }),
    }),
    // Whoever is erased has no token: the secret of the link stands for one.
    defineRoute({
      operation: 'getErasure',
      method: 'GET',
      path: '/v1/erasures/:id',
      permission: null,
      request: { params: erasureParamsSchema, headers: erasureHeadersSchema },
      responses: { 200: erasureStatusSchema },
      handler: async ({ params, headers }) => ({
        status: 200,
        body: await readErasures.status(params.id, headers['x-erasure-token']),
      }),
    }),
  ];
}
