import type { Account, TokenGrant } from '@todo-chatbot/contracts';
import { accessTokenTtlSeconds } from '../domain/session.ts';
import type { AccessTokenIssuer } from '../ports/tokens.ts';

/** Signs an access token for the session and puts the grant together. */
export async function createTokenGrant(options: {
  readonly accessTokens: AccessTokenIssuer;
  readonly account: Account;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
  readonly now: Date;
}): Promise<TokenGrant> {
  const { accessTokens, account, sessionId, refreshToken, refreshExpiresAt, now } = options;
  return {
    accessToken: await accessTokens.issue({ account, sessionId, now }),
    expiresIn: accessTokenTtlSeconds,
    refreshToken,
    refreshExpiresIn: Math.ceil((refreshExpiresAt.getTime() - now.getTime()) / 1000),
    sessionId,
    account,
  };
}
