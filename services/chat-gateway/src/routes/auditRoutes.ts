import {
  auditEntriesQuerySchema,
  auditEntriesSchema,
  consoleHeadersSchema,
  filterFrom,
  type InclusionProof,
  inclusionProofQuerySchema,
  inclusionProofSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, type Route, type SignedInUser } from '@todo-chatbot/service-kit';
import { encodeEntryProof } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import type { PersonTokens } from './personTokens.ts';

interface AuditRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
}

const entryParamsSchema = z.strictObject({
  index: z.string().regex(/^\d{1,15}$/, 'must be the index of an entry'),
});

/** The person's own trail with its proofs (AUD-3). */
export function auditRoutes({ dapr, tokens }: AuditRouteOptions): Route[] {
  const proofOf = async (
    index: string,
    query: z.output<typeof inclusionProofQuerySchema>,
    user: SignedInUser,
  ): Promise<InclusionProof> => {
    const request = { appId: 'audit', method: 'GET', path: `/v1/entries/${index}/proof`, query } as const;
    const userToken = tokens.tokenOf(user);
    return (await dapr.invoke({ ...request, userToken, responseSchema: inclusionProofSchema })).body;
  };
  return [
    defineRoute({
      operation: 'listAuditEntries',
      method: 'GET',
      path: '/api/v1/audit/entries',
      permission: 'audit.own.read',
      request: { query: auditEntriesQuerySchema, headers: consoleHeadersSchema },
      responses: { 200: auditEntriesSchema },
      handler: async ({ query: asked, headers, user }) => {
        const query = filterFrom(headers, asked);
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
      request: { params: entryParamsSchema, query: inclusionProofQuerySchema },
      responses: { 200: inclusionProofSchema },
      handler: async ({ params, query, user }) => ({ status: 200, body: await proofOf(params.index, query, user) }),
    }),
    defineRoute({
      operation: 'getProofFile',
      method: 'GET',
      path: '/api/v1/audit/entries/:index/proof-file',
      permission: 'audit.own.read',
      raw: true,
      request: { params: entryParamsSchema, query: inclusionProofQuerySchema },
      responses: { 200: z.string() },
      handler: async ({ params, query, user, res }) => {
        const proof = await proofOf(params.index, query, user);
        res.set('cache-control', 'no-store');
        res.set('content-disposition', `attachment; filename="entry-${proof.index}.tlog-proof"`);
        res.status(200).type('text/plain').send(encodeEntryProof(proof));
      },
    }),
  ];
}
