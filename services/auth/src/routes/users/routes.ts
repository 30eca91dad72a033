import {
  setRolesRequestSchema,
  userParamsSchema,
  userSchema,
  usersQuerySchema,
  usersSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route, type SignedInUser } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { BeginErasure } from '../../commands/beginErasure.ts';
import type { ChangeUser } from '../../commands/changeUser.ts';
import type { UserChange } from '../../domain/administration.ts';
import type { ReadPeople } from '../../queries/readPeople.ts';

/** /v1/users: people as administrators see and change them (AUTH-10). */
export function userRoutes(options: {
  readonly readPeople: ReadPeople;
  readonly changeUser: ChangeUser;
  readonly beginErasure: BeginErasure;
}): Route[] {
  const { readPeople, changeUser, beginErasure } = options;

  async function changed(actor: SignedInUser, userId: string, change: UserChange) {
    return { status: 200 as const, body: await changeUser(actor, userId, change) };
  }

  const act = (kind: 'suspend' | 'reinstate' | 'end-sessions', operation: string) =>
    defineRoute({
      operation,
      method: 'POST',
      path: `/v1/users/${kind}/:id`,
      permission: 'user.manage',
      stepUp: true,
      request: { params: userParamsSchema },
      responses: { 200: userSchema },
      handler: ({ user, params }) => changed(user, params.id, { kind }),
    });

  return [
    defineRoute({
      operation: 'listUsers',
      method: 'GET',
      path: '/v1/users',
      permission: 'user.read',
      request: { query: usersQuerySchema },
      responses: { 200: usersSchema },
      handler: async ({ user, query }) => ({ status: 200, body: await readPeople.list(user, query) }),
    }),
    defineRoute({
      operation: 'getUser',
      method: 'GET',
      path: '/v1/users/:id',
      permission: 'user.read',
      request: { params: userParamsSchema },
      responses: { 200: userSchema },
      handler: async ({ user, params }) => ({ status: 200, body: await readPeople.one(user, params.id) }),
    }),
    defineRoute({
      operation: 'setUserRoles',
      method: 'PUT',
      path: '/v1/users/roles/:id',
      permission: 'user.manage',
      stepUp: true,
      request: { params: userParamsSchema, body: setRolesRequestSchema },
      responses: { 200: userSchema },
      handler: ({ user, params, body }) => changed(user, params.id, { kind: 'set-roles', roles: body.roles }),
    }),
    act('suspend', 'suspendUser'),
    act('reinstate', 'reinstateUser'),
    act('end-sessions', 'endUserSessions'),
    defineRoute({
      operation: 'deleteUser',
      method: 'DELETE',
      path: '/v1/users/:id',
      permission: 'user.manage',
      stepUp: true,
      request: { params: userParamsSchema },
      responses: { 204: z.undefined() },
      handler: async ({ user, params }) => {
        await beginErasure(user, params.id, 'administrator');
        return { status: 204 };
      },
    }),
  ];
}
