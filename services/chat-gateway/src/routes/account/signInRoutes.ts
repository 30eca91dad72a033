import {
  accountSchema,
  deviceTokenSchema,
  loginRequestSchema,
  loginResponseSchema,
  passkeyCeremonySchema,
  passkeyLoginRequestSchema,
  refreshRequestSchema,
  registerRequestSchema,
  secondFactorRequestSchema,
  secondFactorRequiredSchema,
  type TokenGrant,
  tokenGrantSchema,
} from '@todo-chatbot/contracts';
import { bearerToken, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { csrfTokenFor } from '../../domain/csrfToken.ts';
import { clearedCookies, cookieHeaderSchema, readCookie, sessionCookies } from '../cookies.ts';
import type { AuthService } from './authService.ts';

/**
 * Making an account, and opening, renewing and ending a session. Tokens of browsers travel in cookies; programs take the access token
 * from the answer.
 */
export function signInRoutes({ auth, csrfKey }: { auth: AuthService; csrfKey: Buffer }): Route[] {
  const renew = (refreshToken: string, headers: z.infer<typeof cookieHeaderSchema>) => {
    const command = { refreshToken, ...deviceOf(headers) };
    return auth.call({ method: 'POST', path: '/v1/refresh', body: command, answer: tokenGrantSchema });
  };
  const endSession = (userToken: string) =>
    auth.call({ method: 'POST', path: '/v1/logout', userToken, answer: z.undefined() });
  const opened = (grant: TokenGrant) => ({
    status: 200 as const,
    body: { accessToken: grant.accessToken, expiresIn: grant.expiresIn, account: grant.account },
    headers: { 'set-cookie': sessionCookies(grant, csrfTokenFor(csrfKey, grant.sessionId)) },
  });

  return [
    auth.forward({
      operation: 'register',
      method: 'POST',
      path: '/api/v1/auth/register',
      permission: null,
      request: { body: registerRequestSchema },
      status: 201,
      answer: accountSchema,
    }),
    defineRoute({
      operation: 'login',
      method: 'POST',
      path: '/api/v1/auth/login',
      permission: null,
      request: { body: loginRequestSchema, headers: cookieHeaderSchema },
      responses: { 200: loginResponseSchema, 202: secondFactorRequiredSchema },
      handler: async ({ body, headers }) => {
        const command = { ...body, ...deviceOf(headers) };
        const answer = z.union([tokenGrantSchema, secondFactorRequiredSchema]);
        const outcome = await auth.call({ method: 'POST', path: '/v1/login', body: command, answer });
        return 'ticket' in outcome ? { status: 202, body: outcome } : opened(outcome);
      },
    }),
    defineRoute({
      operation: 'loginWithSecondFactor',
      method: 'POST',
      path: '/api/v1/auth/login/second-factor',
      permission: null,
      request: { body: secondFactorRequestSchema, headers: cookieHeaderSchema },
      responses: { 200: loginResponseSchema },
      handler: async ({ body, headers }) => {
        const request = { method: 'POST', path: '/v1/login/second-factor', answer: tokenGrantSchema } as const;
        return opened(await auth.call({ ...request, body: { ...body, ...deviceOf(headers) } }));
      },
    }),
    auth.forward({
      operation: 'beginPasskeyLogin',
      method: 'POST',
      path: '/api/v1/auth/login/passkey/options',
      permission: null,
      status: 200,
      answer: passkeyCeremonySchema,
    }),
    defineRoute({
      operation: 'loginWithPasskey',
      method: 'POST',
      path: '/api/v1/auth/login/passkey',
      permission: null,
      request: { body: passkeyLoginRequestSchema, headers: cookieHeaderSchema },
      responses: { 200: loginResponseSchema },
      handler: async ({ body, headers }) => {
        const request = { method: 'POST', path: '/v1/login/passkey', answer: tokenGrantSchema } as const;
        return opened(await auth.call({ ...request, body: { ...body, ...deviceOf(headers) } }));
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
        return opened(await renew(cookie.data.refreshToken, headers));
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
          await unlessSignedOut(async () => endSession((await renew(refreshToken, headers)).accessToken));
        }
        return { status: 204, headers: { 'set-cookie': clearedCookies() } };
      },
    }),
  ];
}

/** The device token of the browser's cookie. Garbage counts as none: the browser is then unknown, which is all it can be (AUTH-3, AUTH-7). */
function deviceOf(headers: z.infer<typeof cookieHeaderSchema>): { deviceToken?: string } {
  const { data } = deviceTokenSchema.safeParse(readCookie(headers.cookie, 'device'));
  return data === undefined ? {} : { deviceToken: data };
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
