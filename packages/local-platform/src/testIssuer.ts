import { type ConsentPurpose, consentPurposes, newId, type Permission, type Role } from '@todo-chatbot/contracts';
import { type Clock, systemClock } from '@todo-chatbot/service-kit';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** `iss` and `aud` of the access tokens in component tests. */
export const testIssuerName = 'https://todo-chatbot.test';
export const testAudience = 'todo-chatbot-test';

/** Somebody with an access token. */
export interface Person {
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

const defaultLifetimeSeconds = 1_800;

/** Stands for `auth` in component tests: a key made for the run, its public half, and tokens signed with it. */
export async function createTestIssuer({ clock = systemClock }: { clock?: Clock } = {}) {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    /** What `auth` answers at `GET /v1/jwks`. */
    jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    /** A valid access token, by default of somebody new with the role `user`. */
    async signIn(
      options: {
        readonly userId?: string;
        readonly sessionId?: string;
        readonly roles?: readonly Role[];
        /** Claim `ver`. */
        readonly accessVersion?: number;
        /** Limits the token as that of an API key. */
        readonly scopes?: readonly Permission[];
        /** Claim `con`; by default every purpose. */
        readonly consents?: readonly ConsentPurpose[];
        /** When the person last proved themselves; by default now. */
        readonly authenticatedAt?: Date;
        readonly lifetimeSeconds?: number;
      } = {},
    ): Promise<Person> {
      const { userId = newId('user'), sessionId = newId('session'), roles = ['user'] } = options;
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      const token = await new SignJWT({
        sid: sessionId,
        roles,
        ver: options.accessVersion ?? 0,
        con: options.consents ?? consentPurposes,
        auth_time: Math.floor((options.authenticatedAt ?? clock.now()).getTime() / 1000),
        ...(options.scopes === undefined ? {} : { scope: options.scopes.join(' ') }),
      })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
        .setIssuer(testIssuerName)
        .setAudience(testAudience)
        .setSubject(userId)
        .setJti(newId('token'))
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + (options.lifetimeSeconds ?? defaultLifetimeSeconds))
        .sign(privateKey);
      return { userId, sessionId, token };
    },
  };
}
