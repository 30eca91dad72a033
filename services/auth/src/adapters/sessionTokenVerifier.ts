import {
  type Clock,
  createTokenVerifier,
  type KeySource,
  ProblemError,
  type TokenVerifier,
} from '@todo-chatbot/service-kit';
import type { SessionStore } from '../ports/sessionStore.ts';

/**
 * The token guard of this service itself. Other services learn of denials by event and by asking; here the database is at hand and
 * is asked each time, so that a change holds at once, in every replica and after a restart (AUTH-11). The time of the last proof
 * comes from there too: a step-up counts without a new token.
 */
export function createSessionTokenVerifier(options: {
  readonly config: { readonly TOKEN_ISSUER: string; readonly TOKEN_AUDIENCE: string };
  readonly keys: KeySource;
  readonly sessions: Pick<SessionStore, 'liveAccess'>;
  readonly clock: Clock;
}): TokenVerifier {
  const { config, keys, sessions, clock } = options;
  const verifier = createTokenVerifier({
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    keys,
    denySet: { denies: () => false },
    clock,
  });
  return {
    async verify(token) {
      const user = await verifier.verify(token);
      const access = await sessions.liveAccess(user.sessionId, clock.now());
      if (!access || user.accessVersion < access.accessVersion) throw new ProblemError('auth.token-invalid');
      return { ...user, authenticatedAt: access.authenticatedAt };
    },
  };
}
