import type { TokenGrant } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** `__Host-` binds a cookie to exactly this host; the refresh token goes to the sign-in routes alone, which excludes that prefix. */
const cookieNames = {
  access: '__Host-access',
  refresh: '__Secure-refresh',
  csrf: '__Host-csrf',
  device: '__Host-device',
} as const;
const refreshPath = '/api/v1/auth';

/** The longest that browsers keep a cookie (RFC 6265bis section 5.5); each sign-in renews it. */
const deviceMaxAgeSeconds = 400 * 86_400;

/** Longest `Cookie` header that is read; ours are far shorter. */
const cookieHeaderLimit = 12_000;

/** Schema of the request header that {@link readCookie} reads. */
export const cookieHeaderSchema = z.object({ cookie: z.string().max(16_000).optional() });

/** The cookies of a session that was opened or renewed. The CSRF token is for the page's script, the others are not. */
export function sessionCookies(grant: TokenGrant, csrfToken: string): string[] {
  const cookies = [
    accessCookie(grant),
    cookie(cookieNames.refresh, grant.refreshToken, {
      path: refreshPath,
      maxAgeSeconds: grant.refreshExpiresIn,
      isHttpOnly: true,
    }),
    cookie(cookieNames.csrf, csrfToken, { path: '/', maxAgeSeconds: grant.refreshExpiresIn, isHttpOnly: false }),
  ];
  if (grant.deviceToken === undefined) return cookies;
  const device = { path: '/', maxAgeSeconds: deviceMaxAgeSeconds, isHttpOnly: true };
  return [...cookies, cookie(cookieNames.device, grant.deviceToken, device)];
}

/** The cookie of a fresh access token; the rest of the session stays as it is. */
export function accessCookie({ accessToken, expiresIn }: Pick<TokenGrant, 'accessToken' | 'expiresIn'>): string {
  return cookie(cookieNames.access, accessToken, { path: '/', maxAgeSeconds: expiresIn, isHttpOnly: true });
}

/** Takes all cookies of a session away. The device stays known: whoever signs out here is not locked out by an attack (AUTH-7). */
export function clearedCookies(): string[] {
  return [
    cookie(cookieNames.access, '', { path: '/', maxAgeSeconds: 0, isHttpOnly: true }),
    cookie(cookieNames.refresh, '', { path: refreshPath, maxAgeSeconds: 0, isHttpOnly: true }),
    cookie(cookieNames.csrf, '', { path: '/', maxAgeSeconds: 0, isHttpOnly: false }),
  ];
}

/** What our cookies are made of. A header with anything else the mesh cannot carry, and would report as a failure of the service called. */
const cookieValuePattern = /^[\w.~+/=-]+$/;

/** A cookie of a `Cookie` header; `undefined` when it is absent, empty or none of ours. */
export function readCookie(header: string | undefined, name: keyof typeof cookieNames): string | undefined {
  if (header === undefined || header.length > cookieHeaderLimit) return undefined;
  const prefix = `${cookieNames[name]}=`;
  const found = header.split(';').find((part) => part.trimStart().startsWith(prefix));
  const value = found?.trim().slice(prefix.length);
  return value !== undefined && cookieValuePattern.test(value) ? value : undefined;
}

function cookie(
  name: string,
  value: string,
  { path, maxAgeSeconds, isHttpOnly }: { path: string; maxAgeSeconds: number; isHttpOnly: boolean },
): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; Secure; SameSite=Strict${isHttpOnly ? '; HttpOnly' : ''}`;
}
