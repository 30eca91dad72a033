import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { Logout } from '../../commands/logout.ts';

/** POST /v1/logout: ends the session of the access token. */
export function logoutRoute(logout: Logout) {
  return defineRoute({
    operation: 'logout',
    method: 'POST',
    path: '/v1/logout',
    permission: 'account.own.change',
    responses: { 204: z.undefined() },
    handler: async ({ user }) => {
      await logout(user);
      return { status: 204 };
    },
  });
}
