import { consistencyProofQuerySchema, consistencyProofSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { LogReader } from '../../ports/logReader.ts';
import { proveConsistency } from '../../queries/proveConsistency.ts';

/** `GET /v1/log/consistency`: proof that the log only grew between two checkpoints; hashes alone, so it is for everybody. */
export const getConsistencyProof = ({ reader }: { readonly reader: LogReader }) =>
  defineRoute({
    operation: 'getConsistencyProof',
    method: 'GET',
    path: '/v1/log/consistency',
    permission: null,
    request: { query: consistencyProofQuerySchema },
    responses: { 200: consistencyProofSchema },
    handler: async ({ query: { from, to } }) => ({ status: 200, body: await proveConsistency(reader, { from, to }) }),
  });
