import type { loginCommandSchema, TokenGrant } from '@todo-chatbot/contracts';
import { maskEmail, ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { isWithinPasswordLimit, normalisePassword } from '../domain/password.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { OpenSession } from './openSession.ts';

export type Login = ReturnType<typeof createLogin>;

/** Opens a session for e-mail and password. An unknown person and a wrong password are the same in answer and time (AUTH-6). */
export function createLogin(options: {
  readonly accounts: Pick<AccountStore, 'findByEmail'>;
  readonly passwords: Pick<PasswordHasher, 'verify'>;
  readonly openSession: OpenSession;
  readonly auditTrail: AuditTrail;
}) {
  const { accounts, passwords, openSession, auditTrail } = options;
  return (
    { email, deviceToken, ...typed }: z.infer<typeof loginCommandSchema>,
    client: SessionClient,
  ): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.login', input: { email: maskEmail(email) } }, async (attempt) => {
      const password = normalisePassword(typed.password);
      const record = await accounts.findByEmail(email);
      if (record) attempt.isAbout({ type: 'user', id: record.account.id });
      // bcrypt would compare no more than the limit, so that whatever follows it would be accepted.
      const comparableHash = record && isWithinPasswordLimit(password) ? record.passwordHash : null;
      const isRight = await passwords.verify(password, comparableHash);
      if (record?.status !== 'active' || !isRight) throw new ProblemError('auth.invalid-credentials');
      return openSession({ record, methods: ['password'], client, deviceToken, attempt });
    });
}
