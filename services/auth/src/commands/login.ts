import type { loginCommandSchema, TokenGrant } from '@todo-chatbot/contracts';
import { maskEmail } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { CheckPassword } from './checkPassword.ts';
import type { OpenSession } from './openSession.ts';

export type Login = ReturnType<typeof createLogin>;

/** Opens a session for e-mail and password. */
export function createLogin(options: {
  readonly checkPassword: CheckPassword;
  readonly openSession: OpenSession;
  readonly auditTrail: AuditTrail;
}) {
  const { checkPassword, openSession, auditTrail } = options;
  return (typed: z.infer<typeof loginCommandSchema>, client: SessionClient): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.login', input: { email: maskEmail(typed.email) } }, async (attempt) => {
      const record = await checkPassword(typed, client, attempt);
      return openSession({ record, methods: ['password'], client, deviceToken: typed.deviceToken, attempt });
    });
}
