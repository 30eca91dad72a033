import {
  begunErasureSchema,
  erasureHeadersSchema,
  erasureParamsSchema,
  erasureStatusSchema,
  erasuresQuerySchema,
  erasuresSchema,
  legalHoldRequestSchema,
  legalHoldSchema,
  userParamsSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { clearedCookies } from '../cookies.ts';
import type { AuthService } from './authService.ts';

/** The audit service builds a proof from a few hashes. */
const proofTimeoutMs = 5_000;

/** The erasure of a person, its progress and its certificate, and legal holds (PRIV-4). */
export function erasureRoutes(options: {
  readonly auth: AuthService;
  readonly dapr: Pick<Dapr, 'invokeText'>;
}): Route[] {
  const { auth, dapr } = options;
  const manage = { permission: 'user.manage', stepUp: true } as const;
  const holdPath = { path: '/api/v1/admin/holds/:id' } as const;
  const progress = { request: { params: erasureParamsSchema, headers: erasureHeadersSchema } } as const;
  const statusOf = (id: string, headers: z.infer<typeof erasureHeadersSchema>) =>
    auth.call({ method: 'GET', path: `/v1/erasures/${id}`, headers, answer: erasureStatusSchema });

  return [
    defineRoute({
      operation: 'eraseAccount',
      method: 'DELETE',
      path: '/api/v1/privacy/account',
      permission: 'account.own.change',
      stepUp: true,
      responses: { 202: begunErasureSchema },
      handler: async ({ user }) => {
        const begun = await auth.call({ method: 'POST', path: '/v1/erasures', user, answer: begunErasureSchema });
        return { status: 202, body: begun, headers: { 'set-cookie': clearedCookies() } };
      },
    }),
    // For somebody who has no account any more: the secret of the link stands for one.
    defineRoute({
      ...progress,
      operation: 'getErasure',
      method: 'GET',
      path: '/api/v1/privacy/erasures/:id',
      permission: null,
      responses: { 200: erasureStatusSchema },
      handler: async ({ params, headers }) => ({ status: 200, body: await statusOf(params.id, headers) }),
    }),
    defineRoute({
      ...progress,
      operation: 'getErasureProof',
      method: 'GET',
      path: '/api/v1/privacy/erasures/:id/proof-file',
      permission: null,
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ params: { id }, headers, res }) => {
        await statusOf(id, headers);
        const proof = await dapr.invokeText({
          appId: 'audit',
          method: 'GET',
          path: `/v1/erasure-proofs/${id}`,
          timeoutMs: proofTimeoutMs,
        });
        res.set('cache-control', 'no-store');
        res.set('content-disposition', `attachment; filename="erasure.tlog-proof"`);
        res.status(200).type('text/plain').send(proof.body);
      },
    }),
    auth.forward({
      operation: 'listErasures',
      method: 'GET',
      path: '/api/v1/admin/erasures',
      permission: 'user.read',
      request: { query: erasuresQuerySchema },
      status: 200,
      answer: erasuresSchema,
    }),
    auth.forward({
      ...holdPath,
      operation: 'getLegalHold',
      method: 'GET',
      permission: 'user.manage',
      request: { params: userParamsSchema },
      status: 200,
      answer: legalHoldSchema,
    }),
    auth.forward({
      ...manage,
      ...holdPath,
      operation: 'placeLegalHold',
      method: 'PUT',
      request: { params: userParamsSchema, body: legalHoldRequestSchema },
      status: 200,
      answer: legalHoldSchema,
    }),
    auth.forward({
      ...manage,
      ...holdPath,
      operation: 'liftLegalHold',
      method: 'DELETE',
      request: { params: userParamsSchema },
      status: 204,
      answer: z.undefined(),
    }),
  ];
}
