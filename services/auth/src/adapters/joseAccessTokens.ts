import { newId } from '@todo-chatbot/contracts';
import { SignJWT } from 'jose';
import type { AccessTokenIssuer } from '../ports/tokens.ts';
import type { SigningKeyRing } from './signingKeyRing.ts';

/** RS256 access tokens over jose, signed by the ring's active key. */
export function createJoseAccessTokens(options: {
  readonly keyRing: Pick<SigningKeyRing, 'signer'>;
  readonly issuer: string;
  readonly audience: string;
}): AccessTokenIssuer {
  return {
    async issue({ userId, sessionId, roles, accessVersion, authenticatedAt, scopes }, { now, ttlSeconds }) {
      const { kid, privateKey } = await options.keyRing.signer();
      const issuedAtSeconds = Math.floor(now.getTime() / 1000);
      return new SignJWT({
        sid: sessionId,
        roles,
        ver: accessVersion,
        ...(authenticatedAt === null ? {} : { auth_time: Math.floor(authenticatedAt.getTime() / 1000) }),
        ...(scopes === null ? {} : { scope: scopes.join(' ') }),
      })
        .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
        .setIssuer(options.issuer)
        .setAudience(options.audience)
        .setSubject(userId)
        .setJti(newId('token'))
        .setIssuedAt(issuedAtSeconds)
        .setExpirationTime(issuedAtSeconds + ttlSeconds)
        .sign(privateKey);
    },
  };
}
