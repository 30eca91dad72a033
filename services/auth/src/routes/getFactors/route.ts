import { factorsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { GetFactors } from '../../queries/getFactors.ts';

/** GET /v1/factors: the signed-in person's own second factors. */
export function getFactorsRoute(getFactors: GetFactors) {
  return defineRoute({
    operation: 'getFactors',
    method: 'GET',
    path: '/v1/factors',
    permission: 'account.own.read',
    responses: { 200: factorsSchema },
    handler: async ({ user }) => ({ status: 200, body: await getFactors(user.userId) }),
  });
}
