import { apiKeyPrefix, apiKeyTextSchema } from '@todo-chatbot/contracts';
import { bearerToken, ProblemError, type TokenVerifier } from '@todo-chatbot/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { ApiKeyTokens } from '../adapters/apiKeyTokens.ts';
import { addressKey, contextOf, countAndTell, verifiedUser } from './apiGuard.ts';
import type { CountRequest } from './requestCounter.ts';
import type { SecurityTrail } from './securityTrail.ts';

/**
 * Stands before the guard: a bearer that is an API key becomes the access token that it stands for (AUTH-12), so that everything
 * behind the door meets tokens alone, and verifies them at each request. A key works in no cookie and beside none.
 */
export function exchangeApiKeys(options: {
  readonly apiKeys: ApiKeyTokens;
  readonly tokens: TokenVerifier;
  readonly count: CountRequest;
  readonly trail: SecurityTrail;
}): RequestHandler {
  const { apiKeys, tokens, count, trail } = options;

  async function accessTokenFor(key: string, req: Request, res: Response): Promise<string> {
    const kept = apiKeys.kept(key);
    // Kept tokens are refused when the key was revoked, and when its owner's roles changed: then the key gives another one.
    if (kept !== null && (await verifiedUser(tokens, kept)) !== null) return kept;
    const context = contextOf(req, null);
    // Whether the key is one shows only afterwards; until then it is a call without a valid token, like any other.
    await countAndTell({ count, res, context, limits: [['anonymousCalls', addressKey(req)]] });
    // A mistyped key is found out by its checksum, and nobody is asked.
    const fresh = apiKeyTextSchema.safeParse(key).success ? await apiKeys.exchange(key) : null;
    if (fresh !== null) return fresh;
    const reason = 'auth.token-invalid';
    trail.record(context, { action: 'access.refuse', reason, input: { credential: 'api-key' } });
    throw new ProblemError(reason);
  }

  return async (req, res, next) => {
    const bearer = bearerToken(req);
    if (bearer === undefined || !bearer.startsWith(apiKeyPrefix)) return next();
    req.headers.authorization = `Bearer ${await accessTokenFor(bearer, req, res)}`;
    // A program has no cookies. What comes along belongs to somebody's browser, and the key must not open the way for it.
    delete req.headers.cookie;
    next();
  };
}
