import { type Account, newId, type registerRequestSchema } from '@todo-chatbot/contracts';
import { type Clock, maskEmail, newEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { brokenPasswordRules, normalisePassword } from '../domain/password.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import { audited } from './audited.ts';

export type Register = ReturnType<typeof createRegister>;

/** Makes an account that works at once; its e-mail is not verified. */
export function createRegister(options: {
  readonly accounts: Pick<AccountStore, 'create'>;
  readonly passwords: Pick<PasswordHasher, 'hash'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { accounts, passwords, auditTrail, clock } = options;
  return ({ email, name, ...typed }: z.infer<typeof registerRequestSchema>): Promise<Account> =>
    audited({ auditTrail, action: 'auth.register', input: { email: maskEmail(email) } }, async (attempt) => {
      const password = normalisePassword(typed.password);
      refuseBrokenRules(password);
      const account: Account = {
        id: newId('user'),
        email,
        name,
        emailVerified: false,
        roles: ['user'],
        createdAt: clock.now().toISOString(),
      };
      // Hashed before it is known whether the address is free: the time taken does not tell.
      const passwordHash = await passwords.hash(password);
      const outcome = await accounts.create({ account, passwordHash }, [
        newEvent({
          type: 'auth.user_registered.v1',
          source: 'auth',
          subject: account.id,
          data: { userId: account.id, roles: account.roles },
        }),
        attempt.succeeded({ userId: account.id, sessionId: null }),
      ]);
      if (outcome === 'email-taken') throw new ProblemError('auth.email-taken');
      return account;
    });
}

function refuseBrokenRules(password: string): void {
  const broken = brokenPasswordRules(password);
  if (broken.length === 0) return;
  throw new ProblemError('auth.password-rejected', {
    detail: `The password ${broken.join(', ')}.`,
    errors: broken.map((message) => ({ path: 'body.password', message })),
  });
}
