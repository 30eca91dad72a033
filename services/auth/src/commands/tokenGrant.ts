import type { TokenGrant } from '@todo-chatbot/contracts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { SessionProof } from '../ports/sessionStore.ts';
import type { GrantAccess } from './accessGrant.ts';

export type GrantTokens = ReturnType<typeof createGrantTokens>;

/** Puts an access token and a refresh token together. */
export function createGrantTokens(grantAccess: GrantAccess) {
  return async (grant: {
    readonly record: AccountRecord;
    readonly sessionId: string;
    readonly proof: SessionProof;
    readonly refreshToken: string;
    readonly refreshExpiresAt: Date;
    readonly now: Date;
  }): Promise<TokenGrant> => {
    const { record, refreshToken, refreshExpiresAt, now } = grant;
    return {
      ...(await grantAccess(grant)),
      refreshToken,
      refreshExpiresIn: Math.ceil((refreshExpiresAt.getTime() - now.getTime()) / 1000),
      account: record.account,
    };
  };
}
