import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LogReader } from '../../ports/logReader.ts';
import { readBundle } from '../../queries/readLogFiles.ts';
import { immutable } from '../immutable.ts';

/** `index_width`: by an underscore the mesh tells items from what is beside them. */
const paramsSchema = z.strictObject({
  id: z
    .string()
    .regex(/^(0|[1-9]\d{0,12})_([1-9]\d?|1\d\d|2[0-4]\d|25[0-6])$/)
    .transform((id) => {
      const [index = 0, width = 0] = id.split('_').map(Number);
      return { index, width };
    }),
});

/** `GET /v1/log/bundles/:id`: leaves, which commit to what happened and do not say it, so they are for everybody. */
export const getBundle = ({ reader }: { readonly reader: LogReader }) =>
  defineRoute({
    operation: 'getBundle',
    method: 'GET',
    path: '/v1/log/bundles/:id',
    permission: null,
    raw: true,
    request: { params: paramsSchema },
    handler: async ({ params, res }) => {
      const bytes = await readBundle(reader, params.id);
      res.status(200).set('cache-control', immutable).type('application/octet-stream').send(bytes);
    },
  });
