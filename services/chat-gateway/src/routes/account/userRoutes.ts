import {
  setRolesRequestSchema,
  userParamsSchema,
  userSchema,
  usersQuerySchema,
  usersSchema,
} from '@todo-chatbot/contracts';
import type { Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { AuthService } from './authService.ts';

/** Other people's accounts, for administrators (AUTH-10). */
export function userRoutes({ auth }: { auth: AuthService }): Route[] {
  const manage = { permission: 'user.manage', stepUp: true } as const;
  return [
    auth.forward({
      operation: 'listUsers',
      method: 'GET',
      path: '/api/v1/admin/users',
      permission: 'user.read',
      request: { query: usersQuerySchema },
      status: 200,
      answer: usersSchema,
    }),
    auth.forward({
      operation: 'getUser',
      method: 'GET',
      path: '/api/v1/admin/users/:id',
      permission: 'user.read',
      request: { params: userParamsSchema },
      status: 200,
      answer: userSchema,
    }),
    auth.forward({
      ...manage,
      operation: 'setUserRoles',
      method: 'PUT',
      path: '/api/v1/admin/users/:id/roles',
      pathAtAuth: '/v1/users/roles/:id',
      request: { params: userParamsSchema, body: setRolesRequestSchema },
      status: 200,
      answer: userSchema,
    }),
    ...(['suspend', 'reinstate', 'end-sessions'] as const).map((act) =>
      auth.forward({
        ...manage,
        operation: actOperations[act],
        method: 'POST',
        path: `/api/v1/admin/users/:id/${act}`,
        pathAtAuth: `/v1/users/${act}/:id`,
        request: { params: userParamsSchema },
        status: 200,
        answer: userSchema,
      }),
    ),
    auth.forward({
      ...manage,
      operation: 'deleteUser',
      method: 'DELETE',
      path: '/api/v1/admin/users/:id',
      request: { params: userParamsSchema },
      status: 204,
      answer: z.undefined(),
    }),
  ];
}

const actOperations = {
  suspend: 'suspendUser',
  reinstate: 'reinstateUser',
  'end-sessions': 'endUserSessions',
} as const;
