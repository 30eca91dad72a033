import {
  accessGrantSchema,
  accountSchema,
  changePasswordRequestSchema,
  endSessionsQuerySchema,
  sessionParamsSchema,
  sessionsSchema,
  stepUpOptionsSchema,
  stepUpRequestSchema,
  stepUpResponseSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { accessCookie, clearedCookies } from '../cookies.ts';
import type { AuthService } from './authService.ts';

/** The person's account, password and sessions (AUTH-9), and the proof that it is still them (RFC 9470). */
export function sessionRoutes({ auth }: { auth: AuthService }): Route[] {
  return [
    auth.forward({
      operation: 'getAccount',
      method: 'GET',
      path: '/api/v1/auth/account',
      permission: 'account.own.read',
      status: 200,
      answer: accountSchema,
    }),
    auth.forward({
      operation: 'changePassword',
      method: 'PUT',
      path: '/api/v1/auth/password',
      permission: 'account.own.change',
      request: { body: changePasswordRequestSchema },
      status: 204,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'listSessions',
      method: 'GET',
      path: '/api/v1/auth/sessions',
      permission: 'account.own.read',
      status: 200,
      answer: sessionsSchema,
    }),
    defineRoute({
      operation: 'endSessions',
      method: 'DELETE',
      path: '/api/v1/auth/sessions',
      permission: 'account.own.change',
      request: { query: endSessionsQuerySchema },
      responses: { 204: z.undefined() },
      handler: async ({ query, user }) => {
        await auth.call({ method: 'DELETE', path: '/v1/sessions', query, user, answer: z.undefined() });
        return ended(query.which === 'all');
      },
    }),
    defineRoute({
      operation: 'endSession',
      method: 'DELETE',
      path: '/api/v1/auth/sessions/:id',
      permission: 'account.own.change',
      request: { params: sessionParamsSchema },
      responses: { 204: z.undefined() },
      handler: async ({ params, user }) => {
        await auth.call({ method: 'DELETE', path: `/v1/sessions/${params.id}`, user, answer: z.undefined() });
        return ended(params.id === user.sessionId);
      },
    }),
    auth.forward({
      operation: 'beginStepUp',
      method: 'POST',
      path: '/api/v1/auth/step-up/options',
      permission: 'account.own.change',
      status: 200,
      answer: stepUpOptionsSchema,
    }),
    defineRoute({
      operation: 'stepUp',
      method: 'POST',
      path: '/api/v1/auth/step-up',
      permission: 'account.own.change',
      request: { body: stepUpRequestSchema },
      responses: { 200: stepUpResponseSchema },
      handler: async ({ body, user }) => {
        const request = { method: 'POST', path: '/v1/step-up', answer: accessGrantSchema } as const;
        const { accessToken, expiresIn } = await auth.call({ ...request, body, user });
        const headers = { 'set-cookie': accessCookie({ accessToken, expiresIn }) };
        return { status: 200, body: { accessToken, expiresIn }, headers };
      },
    }),
  ];
}

/** Cookies of a session that has just ended are of no use to anybody. */
function ended(isOwnSession: boolean) {
  return { status: 204 as const, ...(isOwnSession ? { headers: { 'set-cookie': clearedCookies() } } : {}) };
}
