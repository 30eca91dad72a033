import { type LogKeys, logKeysSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';

/** `GET /v1/log/keys`: public keys of the log and its witness. Whoever relies on them must have them from elsewhere too. */
export const getLogKeys = ({ keys }: { readonly keys: LogKeys }) =>
  defineRoute({
    operation: 'getLogKeys',
    method: 'GET',
    path: '/v1/log/keys',
    permission: null,
    responses: { 200: logKeysSchema },
    handler: async () => ({ status: 200, body: keys }),
  });
