import {
  auditEntriesQuerySchema,
  auditEntriesSchema,
  inclusionProofQuerySchema,
  inclusionProofSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PersonTokens } from './personTokens.ts';

interface AuditRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
}

/** The person's own trail with its proofs (AUD-3). */
export function auditRoutes({ dapr, tokens }: AuditRouteOptions): Route[] {
  return [
    defineRoute({
      operation: 'listAuditEntries',
      method: 'GET',
      path: '/api/v1/audit/entries',
      permission: 'audit.own.read',
      request: { query: auditEntriesQuerySchema },
      responses: { 200: auditEntriesSchema },
      handler: async ({ query, user }) => {
        const request = { appId: 'audit', method: 'GET', path: '/v1/entries', query } as const;
        const userToken = tokens.tokenOf(user);
        const { body } = await dapr.invoke({ ...request, userToken, responseSchema: auditEntriesSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'getInclusionProof',
      method: 'GET',
      path: '/api/v1/audit/entries/:index/proof',
      permission: 'audit.own.read',
      request: {
        params: z.strictObject({ index: z.string().regex(/^\d{1,15}$/, 'must be the index of an entry') }),
        query: inclusionProofQuerySchema,
      },
      responses: { 200: inclusionProofSchema },
      handler: async ({ params, query, user }) => {
        const request = { appId: 'audit', method: 'GET', path: `/v1/entries/${params.index}/proof`, query } as const;
        const userToken = tokens.tokenOf(user);
        const { body } = await dapr.invoke({ ...request, userToken, responseSchema: inclusionProofSchema });
        return { status: 200, body };
      },
    }),
  ];
}
