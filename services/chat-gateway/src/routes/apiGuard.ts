import { isIPv4 } from 'node:net';
import { idPrefixes } from '@todo-chatbot/contracts';
import {
  bearerToken,
  type ClientInfo,
  maskText,
  ProblemError,
  type RequestContext,
  type SignedInUser,
  serviceContext,
  type TokenVerifier,
  truncateAddress,
} from '@todo-chatbot/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import { RateLimitExceeded, type RateLimitName, type RateLimitState } from '../adapters/rateLimits.ts';
import { csrfTokenFor, isSameToken } from '../domain/csrfToken.ts';
import { isFromOwnSite, isUnsafe } from '../domain/requestOrigin.ts';
import { readCookie } from './cookies.ts';
import type { CountRequest } from './requestCounter.ts';
import type { SecurityTrail } from './securityTrail.ts';

/** Longest user agent that goes on. */
const userAgentLimit = 300;
/** Read of it, so that an e-mail address which the limit cuts is still seen whole and masked: RFC 5321 has 320 characters for one. */
const userAgentReadLimit = 640;

/** The access token of a request: a bearer token wins over the cookie. */
export function accessTokenOf(req: Request): string | undefined {
  return bearerToken(req) ?? readCookie(req.headers.cookie, 'access');
}

/** Where a person comes from, made coarse before it goes anywhere. `req.ip` believes `X-Forwarded-For` of trusted proxies alone. */
export function clientOf(req: Request): ClientInfo {
  const userAgent = req.get('user-agent');
  return {
    address: truncateAddress(req.ip),
    // Some clients tell an address to write to in it, and anybody may write anything there.
    userAgent:
      userAgent === undefined ? null : maskText(userAgent.slice(0, userAgentReadLimit)).slice(0, userAgentLimit),
  };
}

/** What is known of a request at the door. */
export function contextOf(req: Request, user: SignedInUser | null): RequestContext {
  return { ...serviceContext('chat-gateway'), user, client: clientOf(req), origin: 'request' };
}

/**
 * Stands before every API route: counts the request (API-3), and refuses those that another site made a browser send
 * (AUTH-4). Who may do what is decided behind it, by the routes.
 */
export function createApiGuard(options: {
  readonly tokens: TokenVerifier;
  readonly count: CountRequest;
  readonly trail: SecurityTrail;
  readonly csrfKey: Buffer;
  /** Origins whose pages are trusted: our own and the allow-list. */
  readonly trustedOrigins: readonly string[];
}): RequestHandler {
  const { tokens, count, trail, csrfKey, trustedOrigins } = options;

  async function takeFromLimit(req: Request, res: Response, context: RequestContext): Promise<void> {
    // Whoever tries passwords would otherwise do it under an account, or under many: registration is open.
    const user = needsNoSession(req) ? null : context.user;
    await countAndTell({ count, res, context, limits: limitsFor(req, user) });
  }

  /**
   * Programs that send a valid bearer token cannot be made to by another site; a browser's cookies come by themselves, and a
   * token that is none must not open the way for them.
   */
  function cameFromElsewhere(req: Request, user: SignedInUser | null): boolean {
    if (!isUnsafe(req.method) || (user !== null && bearerToken(req) !== undefined)) return false;
    const headers = { origin: req.get('origin'), secFetchSite: req.get('sec-fetch-site') };
    if (!isFromOwnSite(headers, trustedOrigins)) return true;
    if (needsNoSession(req)) return false;
    const given = req.get('x-csrf-token') ?? '';
    if (user !== null) return !isSameToken(given, csrfTokenFor(csrfKey, user.sessionId));
    if (readCookie(req.headers.cookie, 'refresh') === undefined) return false;
    // The access token has run out, so the session is not known yet: the page shows that it can read its own cookie.
    const own = readCookie(req.headers.cookie, 'csrf');
    return own === undefined || !isSameToken(given, own);
  }

  return async (req, res, next) => {
    const user = await verifiedUser(tokens, accessTokenOf(req));
    const context = contextOf(req, user);
    await takeFromLimit(req, res, context);
    if (cameFromElsewhere(req, user)) {
      trail.record(context, { action: 'access.refuse', reason: 'auth.csrf', input: { method: req.method } });
      throw new ProblemError('auth.csrf');
    }
    next();
  };
}

/** A token that does not verify counts as none here; the route refuses it in so many words. */
export async function verifiedUser(tokens: TokenVerifier, token: string | undefined): Promise<SignedInUser | null> {
  if (token === undefined) return null;
  try {
    return await tokens.verify(token);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

/** Operations that use no cookie of a session, so that there is none to abuse; where they came from is checked all the same (login CSRF). */
const pathsWithoutSession: ReadonlySet<string> = new Set([
  '/auth/register',
  '/auth/login',
  '/auth/login/second-factor',
  '/auth/login/passkey/options',
  '/auth/login/passkey',
  '/auth/email/confirm',
  '/auth/password/reset-request',
  '/auth/password/reset',
]);

function needsNoSession(req: Request): boolean {
  return pathsWithoutSession.has(req.path);
}

/** Whose requests are counted together under which limit. */
type CountedLimit = readonly [name: RateLimitName, key: string];

/** A key has a limit of its own, and counts for its owner besides: whoever makes many may do no more with them. */
function limitsFor(req: Request, user: SignedInUser | null): CountedLimit[] {
  if (isLogRead(req)) return [['logReads', addressKey(req)]];
  const limits: CountedLimit[] = [[limitFor(req, user), user?.userId ?? addressKey(req)]];
  if (user?.sessionId.startsWith(`${idPrefixes.apiKey}_`)) limits.unshift(['apiKeyCalls', user.sessionId]);
  return limits;
}

/** The log's tree is the same for everybody, and a program that checks it reads all of it at once. */
function isLogRead(req: Request): boolean {
  return req.method === 'GET' && req.path.startsWith('/audit/log/');
}

function limitFor(req: Request, user: SignedInUser | null): RateLimitName {
  if (user === null) return 'anonymousCalls';
  if (req.method === 'POST' && req.path === '/chat/messages') return 'messages';
  if (req.method === 'POST' && req.path === '/tasks/import') return 'taskImports';
  return req.method === 'GET' && req.path === '/tasks' ? 'taskLists' : 'apiCalls';
}

/** An IPv4 address, or the network of an IPv6 one: a household has more IPv6 addresses than can be counted. */
export function addressKey(req: Request): string {
  const address = (req.ip ?? '').replace(/^::ffff:/i, '');
  return isIPv4(address) ? address : (truncateAddress(address) ?? 'unknown');
}

/** Counts a request against the limits, and tells in the headers of its answer what the tightest leaves. */
export async function countAndTell(options: {
  readonly count: CountRequest;
  readonly res: Response;
  readonly context: RequestContext;
  readonly limits: readonly CountedLimit[];
}): Promise<void> {
  const { count, res, context, limits } = options;
  let tightest = Number.POSITIVE_INFINITY;
  try {
    for (const [name, key] of limits) {
      const state = await count(name, key, context);
      if (state.remaining < tightest) sendLimit(res, state);
      tightest = Math.min(tightest, state.remaining);
    }
  } catch (error) {
    if (error instanceof RateLimitExceeded) sendLimit(res, error.state);
    throw error;
  }
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-06. */
function sendLimit(res: Response, { points, durationSeconds, remaining, resetSeconds }: RateLimitState): void {
  res.setHeader('ratelimit-policy', `${points};w=${durationSeconds}`);
  res.setHeader('ratelimit-limit', String(points));
  res.setHeader('ratelimit-remaining', String(remaining));
  res.setHeader('ratelimit-reset', String(resetSeconds));
}
