import { idSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LogReader } from '../../ports/logReader.ts';
import { proveErasure } from '../../queries/proveErasure.ts';

/** `GET /v1/erasure-proofs/:erasureId`: the certificate's place in the log, as text of a C2SP tlog-proof. */
export const getErasureProof = ({ reader }: { readonly reader: LogReader }) =>
  defineRoute({
    operation: 'getErasureProof',
    method: 'GET',
    path: '/v1/erasure-proofs/:erasureId',
    permission: null,
    raw: true,
    request: { params: z.strictObject({ erasureId: idSchema('erasure') }) },
    handler: async ({ params: { erasureId }, res }) => {
      const proof = await proveErasure(reader, erasureId);
      res.status(200).set('cache-control', 'no-store').type('text/plain; charset=utf-8').send(proof);
    },
  });
