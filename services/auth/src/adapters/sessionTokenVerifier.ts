import {
  type Clock,
  createTokenVerifier,
  localKeys,
  ProblemError,
  type TokenVerifier,
} from '@todo-chatbot/service-kit';
import type { SessionStore } from '../ports/sessionStore.ts';
import type { AccessTokenIssuer } from '../ports/tokens.ts';

/**
 * The token guard of this service itself. Other services learn of a revoked session by event; here the table of sessions is
 * at hand and is asked each time, so that a logout holds at once, in every replica and after a restart (AUTH-11).
 */
export function createSessionTokenVerifier(options: {
  readonly config: { readonly TOKEN_ISSUER: string; readonly TOKEN_AUDIENCE: string };
  readonly accessTokens: Pick<AccessTokenIssuer, 'jwks'>;
  readonly sessions: Pick<SessionStore, 'isLive'>;
  readonly clock: Clock;
}): TokenVerifier {
  const { config, accessTokens, sessions, clock } = options;
  const verifier = createTokenVerifier({
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    keys: localKeys(accessTokens.jwks),
    denySet: { has: () => false },
    clock,
  });
  return {
    async verify(token) {
      const user = await verifier.verify(token);
      if (!(await sessions.isLive(user.sessionId))) throw new ProblemError('auth.token-invalid');
      return user;
    },
  };
}
