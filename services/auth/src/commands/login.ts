import type { loginCommandSchema } from '@todo-chatbot/contracts';
import { maskEmail } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { CheckPassword } from './checkPassword.ts';
import type { SignIn, SignInOutcome } from './signIn.ts';

export type Login = ReturnType<typeof createLogin>;

/** Signs in by e-mail and password, as far as these go. */
export function createLogin(options: {
  readonly checkPassword: CheckPassword;
  readonly signIn: SignIn;
  readonly auditTrail: AuditTrail;
}) {
  const { checkPassword, signIn, auditTrail } = options;
  return (typed: z.infer<typeof loginCommandSchema>, client: SessionClient): Promise<SignInOutcome> =>
    audited(
      { auditTrail, action: 'auth.login', input: {}, personalInput: { email: maskEmail(typed.email) } },
      async (attempt) => {
        const record = await checkPassword(typed, client, attempt);
        return signIn({ record, client, deviceToken: typed.deviceToken, attempt });
      },
    );
}
