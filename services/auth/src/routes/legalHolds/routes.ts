import { legalHoldRequestSchema, legalHoldSchema, userParamsSchema } from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LegalHolds } from '../../commands/legalHolds.ts';

/** /v1/holds/:id: legal holds by the id of the person (PRIV-4). */
export function legalHoldRoutes(legalHolds: LegalHolds): Route[] {
  const path = '/v1/holds/:id';
  return [
    defineRoute({
      operation: 'getLegalHold',
      method: 'GET',
      path,
      permission: 'user.manage',
      request: { params: userParamsSchema },
      responses: { 200: legalHoldSchema },
      handler: async ({ params }) => ({ status: 200, body: await legalHolds.read(params.id) }),
    }),
    defineRoute({
      operation: 'placeLegalHold',
      method: 'PUT',
      path,
      permission: 'user.manage',
      stepUp: true,
      request: { params: userParamsSchema, body: legalHoldRequestSchema },
      responses: { 200: legalHoldSchema },
      handler: async ({ user, params, body }) => ({
        status: 200,
        body: await legalHolds.place(user, params.id, body.reason),
      }),
    }),
    defineRoute({
      operation: 'liftLegalHold',
      method: 'DELETE',
      path,
      permission: 'user.manage',
      stepUp: true,
      request: { params: userParamsSchema },
      responses: { 204: z.undefined() },
      handler: async ({ params }) => {
        await legalHolds.lift(params.id);
        return { status: 204 };
      },
    }),
  ];
}
