import { type loginRequestSchema, newId, type TokenGrant } from '@todo-chatbot/contracts';
import { type Clock, maskEmail, ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { isWithinPasswordLimit, normalisePassword } from '../domain/password.ts';
import { refreshTokenExpiresAt } from '../domain/session.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import type { SessionStore } from '../ports/sessionStore.ts';
import type { AccessTokenIssuer, RefreshTokens } from '../ports/tokens.ts';
import { audited } from './audited.ts';
import { createTokenGrant } from './tokenGrant.ts';

export type Login = ReturnType<typeof createLogin>;

/** Opens a session for e-mail and password. An unknown person and a wrong password are the same in answer and time (AUTH-6). */
export function createLogin(options: {
  readonly accounts: Pick<AccountStore, 'findByEmail'>;
  readonly sessions: Pick<SessionStore, 'open'>;
  readonly passwords: Pick<PasswordHasher, 'verify'>;
  readonly accessTokens: AccessTokenIssuer;
  readonly refreshTokens: RefreshTokens;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { accounts, sessions, passwords, accessTokens, refreshTokens, auditTrail, clock } = options;
  return ({ email, ...typed }: z.infer<typeof loginRequestSchema>): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.login', input: { email: maskEmail(email) } }, async (attempt) => {
      const password = normalisePassword(typed.password);
      const found = await accounts.findByEmail(email);
      if (found) attempt.isAbout({ type: 'user', id: found.account.id });
      // bcrypt would compare no more than the limit, so that whatever follows it would be accepted.
      const comparableHash = found && isWithinPasswordLimit(password) ? found.passwordHash : null;
      const isRight = await passwords.verify(password, comparableHash);
      if (!found || !isRight) throw new ProblemError('auth.invalid-credentials');

      const { account } = found;
      const now = clock.now();
      const session = { sessionId: newId('session'), userId: account.id };
      const refreshToken = refreshTokens.create();
      const refreshExpiresAt = refreshTokenExpiresAt(now);
      await sessions.open({
        session,
        refreshToken: { hash: refreshTokens.hash(refreshToken), expiresAt: refreshExpiresAt },
        now,
        events: [attempt.succeeded(session)],
      });
      return createTokenGrant({
        accessTokens,
        account,
        sessionId: session.sessionId,
        refreshToken,
        refreshExpiresAt,
        now,
      });
    });
}
