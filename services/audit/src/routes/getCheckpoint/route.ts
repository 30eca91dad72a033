import { defineRoute, ProblemError } from '@todo-chatbot/service-kit';
import type { LogReader } from '../../ports/logReader.ts';

/** `GET /v1/log/checkpoint`: the newest published checkpoint as a signed note. It tells nothing of what is in the log, so it is for everybody. */
export const getCheckpoint = ({ reader }: { readonly reader: LogReader }) =>
  defineRoute({
    operation: 'getCheckpoint',
    method: 'GET',
    path: '/v1/log/checkpoint',
    permission: null,
    raw: true,
    handler: async ({ res }) => {
      const checkpoint = await reader.checkpoint();
      if (!checkpoint) throw new ProblemError('upstream.unavailable');
      res.status(200).set('cache-control', 'no-store').type('text/plain; charset=utf-8').send(checkpoint.note);
    },
  });
