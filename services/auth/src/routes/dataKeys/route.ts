import { dataKeyParamsSchema, dataKeysSchema } from '@todo-chatbot/contracts';
import { defineRoute, ProblemError } from '@todo-chatbot/service-kit';
import type { ReadDataKeys } from '../../queries/readDataKeys.ts';

/** GET /v1/data-keys/:personId: the keys that the calling service may have of a person (DATA-2). It works for events, too, so there is no token. */
export function dataKeysRoute(readDataKeys: ReadDataKeys) {
  return defineRoute({
    operation: 'getDataKeys',
    method: 'GET',
    path: '/v1/data-keys/:personId',
    permission: null,
    request: { params: dataKeyParamsSchema },
    responses: { 200: dataKeysSchema },
    handler: async ({ params: { personId }, caller }) => {
      if (caller === null) throw new ProblemError('access.caller-denied');
      const keys = await readDataKeys(personId, caller);
      const body = {
        keys: Object.fromEntries([...keys].map(([scope, key]) => [scope, Buffer.from(key).toString('base64')])),
      };
      return { status: 200, body };
    },
  });
}
