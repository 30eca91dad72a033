import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { LogReader } from '../../ports/logReader.ts';
import { readTile } from '../../queries/readLogFiles.ts';
import { immutable } from '../immutable.ts';

/** `level_index_width`: by an underscore the mesh tells items from what is beside them. */
const paramsSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[0-6]_(0|[1-9]\d{0,12})_([1-9]\d?|1\d\d|2[0-4]\d|25[0-6])$/)
    .transform((id) => {
      const [level = 0, index = 0, width = 0] = id.split('_').map(Number);
      return { level, index, width };
    }),
});

/** `GET /v1/log/tiles/:id`: hashes of the tree, which tell nothing of what is in the log, so they are for everybody. */
export const getTile = ({ reader }: { readonly reader: LogReader }) =>
  defineRoute({
    operation: 'getTile',
    method: 'GET',
    path: '/v1/log/tiles/:id',
    permission: null,
    raw: true,
    request: { params: paramsSchema },
    handler: async ({ params, res }) => {
      const bytes = await readTile(reader, params.id);
      res.status(200).set('cache-control', immutable).type('application/octet-stream').send(bytes);
    },
  });
