import { accountSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { GetAccount } from '../../queries/getAccount.ts';

/** GET /v1/account: the signed-in person's own account. */
export function accountRoute(getAccount: GetAccount) {
  return defineRoute({
    operation: 'getAccount',
    method: 'GET',
    path: '/v1/account',
    permission: 'account.own.read',
    responses: { 200: accountSchema },
    handler: async ({ user }) => ({ status: 200, body: await getAccount(user.userId) }),
  });
}
