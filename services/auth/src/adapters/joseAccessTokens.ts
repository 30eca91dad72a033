import { type ConsentPurpose, newId } from '@todo-chatbot/contracts';
import { SignJWT } from 'jose';
import type { AccessTokenIssuer } from '../ports/tokens.ts';
import type { SigningKeyRing } from './signingKeyRing.ts';

/** RS256 access tokens over jose, signed by the ring's active key. */
export function createJoseAccessTokens(options: {
  readonly keyRing: Pick<SigningKeyRing, 'signer'>;
  readonly issuer: string;
  readonly audience: string;
  /** What a person agrees to. */
  readonly purposesAgreedTo: (userId: string) => Promise<readonly ConsentPurpose[]>;
}): AccessTokenIssuer {
  return {
    async issue({ userId, sessionId, roles, accessVersion, authenticatedAt, scopes }, { now, ttlSeconds }) {
      // Asked for here, so that no way to a token can forget it; and last, when the version that goes into the token is known: if the
      // person withdraws in between, the token has the old version and is refused (PRIV-2).
      const consents = await options.purposesAgreedTo(userId);
      const { kid, privateKey } = await options.keyRing.signer();
      const issuedAtSeconds = Math.floor(now.getTime() / 1000);
      return new SignJWT({
        sid: sessionId,
        roles,
        ver: accessVersion,
        con: consents,
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
