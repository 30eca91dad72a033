import { createPublicKey } from 'node:crypto';
import { newId } from '@todo-chatbot/contracts';
import { calculateJwkThumbprint, importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import type { AccessTokenIssuer } from '../ports/tokens.ts';

const algorithm = 'RS256';
const publicKeySchema = z.object({ kty: z.literal('RSA'), n: z.string(), e: z.string() });

/** RS256 access tokens over jose; `privateKeyPem` is the PKCS #8 text of secret `auth-signing-key`. */
export async function createJoseAccessTokens(options: {
  readonly privateKeyPem: string;
  readonly issuer: string;
  readonly audience: string;
}): Promise<AccessTokenIssuer> {
  const { kty, n, e } = publicKeySchema.parse(createPublicKey(options.privateKeyPem).export({ format: 'jwk' }));
  const privateKey = await importPKCS8(options.privateKeyPem, algorithm);
  const kid = await calculateJwkThumbprint({ kty, n, e });
  return {
    jwks: { keys: [{ kty, use: 'sig', alg: algorithm, kid, n, e }] },
    issue({ userId, sessionId, roles, accessVersion, authenticatedAt, scopes }, { now, ttlSeconds }) {
      const issuedAtSeconds = Math.floor(now.getTime() / 1000);
      return new SignJWT({
        sid: sessionId,
        roles,
        ver: accessVersion,
        ...(authenticatedAt === null ? {} : { auth_time: Math.floor(authenticatedAt.getTime() / 1000) }),
        ...(scopes === null ? {} : { scope: scopes.join(' ') }),
      })
        .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid })
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
