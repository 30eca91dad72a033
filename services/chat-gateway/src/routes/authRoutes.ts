import {
  accountSchema,
  loginRequestSchema,
  loginResponseSchema,
  refreshRequestSchema,
  registerRequestSchema,
  type TokenGrant,
  tokenGrantSchema,
} from '@todo-chatbot/contracts';
import { bearerToken, type Dapr, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { csrfTokenFor } from '../domain/csrfToken.ts';
import { clearedCookies, readCookie, sessionCookies } from './cookies.ts';
import type { PersonTokens } from './personTokens.ts';

interface AuthRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
  readonly csrfKey: Buffer;
}

const cookieHeaderSchema = z.object({ cookie: z.string().max(16_000).optional() });

/** Accounts and sessions. Tokens of browsers travel in cookies; programs take the access token from the answer. */
export function authRoutes({ dapr, tokens, csrfKey }: AuthRouteOptions): Route[] {
  const renew = async (refreshToken: string): Promise<TokenGrant> => {
    const request = { appId: 'auth', method: 'POST', path: '/v1/refresh', body: { refreshToken } } as const;
    return (await dapr.invoke({ ...request, responseSchema: tokenGrantSchema })).body;
  };
  const endSession = async (userToken: string): Promise<void> => {
    const request = { appId: 'auth', method: 'POST', path: '/v1/logout', userToken } as const;
    await dapr.invoke({ ...request, responseSchema: z.undefined() });
  };
  const opened = (grant: TokenGrant) => ({
    status: 200 as const,
    body: { accessToken: grant.accessToken, expiresIn: grant.expiresIn, account: grant.account },
    headers: { 'set-cookie': sessionCookies(grant, csrfTokenFor(csrfKey, grant.sessionId)) },
  });

  return [
    defineRoute({
      operation: 'register',
      method: 'POST',
      path: '/api/v1/auth/register',
      permission: null,
      request: { body: registerRequestSchema },
      responses: { 201: accountSchema },
      handler: async ({ body }) => {
        const request = { appId: 'auth', method: 'POST', path: '/v1/register', body } as const;
        return { status: 201, body: (await dapr.invoke({ ...request, responseSchema: accountSchema })).body };
      },
    }),
    defineRoute({
      operation: 'login',
      method: 'POST',
      path: '/api/v1/auth/login',
      permission: null,
      request: { body: loginRequestSchema },
      responses: { 200: loginResponseSchema },
      handler: async ({ body }) => {
        const request = { appId: 'auth', method: 'POST', path: '/v1/login', body } as const;
        return opened((await dapr.invoke({ ...request, responseSchema: tokenGrantSchema })).body);
      },
    }),
    defineRoute({
      operation: 'refresh',
      method: 'POST',
      path: '/api/v1/auth/refresh',
      permission: null,
      request: { headers: cookieHeaderSchema },
      responses: { 200: loginResponseSchema },
      handler: async ({ headers }) => {
        const cookie = refreshRequestSchema.safeParse({ refreshToken: readCookie(headers.cookie, 'refresh') });
        // A refusal leaves the cookies alone: another tab may have just renewed them (TRAPS section 8).
        if (!cookie.success) throw new ProblemError('auth.refresh-invalid');
        return opened(await renew(cookie.data.refreshToken));
      },
    }),
    defineRoute({
      operation: 'logout',
      method: 'POST',
      path: '/api/v1/auth/logout',
      permission: null,
      request: { headers: cookieHeaderSchema.extend({ authorization: z.string().max(5_000).optional() }) },
      responses: { 204: z.undefined() },
      handler: async ({ headers }) => {
        const bearer = bearerToken({ headers });
        const accessToken = bearer ?? readCookie(headers.cookie, 'access');
        const isEnded = accessToken !== undefined && (await unlessSignedOut(() => endSession(accessToken)));
        const refreshToken = readCookie(headers.cookie, 'refresh');
        // The access token may have run out before its session did; the refresh token still ends that.
        if (!isEnded && bearer === undefined && refreshToken !== undefined) {
          await unlessSignedOut(async () => endSession((await renew(refreshToken)).accessToken));
        }
        return { status: 204, headers: { 'set-cookie': clearedCookies() } };
      },
    }),
    defineRoute({
      operation: 'getAccount',
      method: 'GET',
      path: '/api/v1/auth/account',
      permission: 'account.own.read',
      responses: { 200: accountSchema },
      handler: async ({ user }) => {
        const request = { appId: 'auth', method: 'GET', path: '/v1/account', userToken: tokens.tokenOf(user) } as const;
        return { status: 200, body: (await dapr.invoke({ ...request, responseSchema: accountSchema })).body };
      },
    }),
  ];
}

/** False when the token was refused, which for signing out means that there is nothing left to end. */
async function unlessSignedOut(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return false;
    throw error;
  }
}
