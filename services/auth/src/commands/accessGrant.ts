import type { AccessGrant } from '@todo-chatbot/contracts';
import { rolesInSession } from '../domain/roles.ts';
import { accessTokenTtlSeconds } from '../domain/session.ts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { SessionProof } from '../ports/sessionStore.ts';
import type { AccessTokenIssuer } from '../ports/tokens.ts';

export type GrantAccess = ReturnType<typeof createGrantAccess>;

/** Signs access tokens for sessions. */
export function createGrantAccess(options: {
  readonly accessTokens: Pick<AccessTokenIssuer, 'issue'>;
  /** Privileged roles need a second factor in the session (AUTH-8). */
  readonly isSecondFactorRequired: boolean;
}) {
  const { accessTokens, isSecondFactorRequired } = options;
  return async (grant: {
    readonly record: AccountRecord;
    readonly sessionId: string;
    readonly proof: SessionProof;
    readonly now: Date;
  }): Promise<AccessGrant> => {
    const { record, sessionId, proof, now } = grant;
    const { account, accessVersion } = record;
    const accessToken = await accessTokens.issue(
      {
        userId: account.id,
        sessionId,
        roles: rolesInSession({ roles: account.roles, methods: proof.methods, isSecondFactorRequired }),
        accessVersion,
        authenticatedAt: proof.authenticatedAt,
        scopes: null,
      },
      { now, ttlSeconds: accessTokenTtlSeconds },
    );
    return { accessToken, expiresIn: accessTokenTtlSeconds, sessionId };
  };
}
