import { type Account, newId, type registerRequestSchema } from '@todo-chatbot/contracts';
import { type Clock, maskEmail, newEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { DataKeyWrapper } from '../ports/dataKeys.ts';
import type { MailAllowances } from '../ports/mailAllowances.ts';
import { audited } from './audited.ts';
import type { ChoosePassword } from './choosePassword.ts';
import type { MailedLink } from './mailedLink.ts';

export type Register = ReturnType<typeof createRegister>;

/** Makes an account that works at once; its e-mail is not verified until the link that is mailed there is opened. */
export function createRegister(options: {
  readonly accounts: Pick<AccountStore, 'create'>;
  readonly dataKeys: Pick<DataKeyWrapper, 'make'>;
  readonly choosePassword: ChoosePassword;
  readonly mailedLink: MailedLink;
  readonly allowances: MailAllowances;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { accounts, dataKeys, choosePassword, mailedLink, allowances, wakeMail, auditTrail, clock } = options;
  return ({ email, name, password }: z.infer<typeof registerRequestSchema>): Promise<Account> =>
    audited(
      { auditTrail, action: 'auth.register', input: {}, personalInput: { email: maskEmail(email) } },
      async (attempt) => {
        // Hashed before it is known whether the address is free: the time taken does not tell.
        const passwordHash = await choosePassword({ typed: password, owner: { email, name }, path: 'body.password' });
        const account: Account = {
          id: newId('user'),
          email,
          name,
          emailVerified: false,
          roles: ['user'],
          createdAt: clock.now().toISOString(),
        };
        // Of an account that is erased the address is free again, so that this may be the last of many mails to it. The link can be asked
        // for later.
        const isMailed = await allowances.take('new-account', email);
        const link = mailedLink({ purpose: 'verify-email', userId: account.id, email });
        const dataKey = await dataKeys.make(account.id);
        const outcome = await accounts.create(
          { account, dataKey, passwordHash, ...(isMailed && { verification: link }) },
          [
            newEvent({
              type: 'auth.user_registered.v1',
              source: 'auth',
              subject: account.id,
              data: { userId: account.id, roles: account.roles },
            }),
            attempt.succeeded({ userId: account.id, sessionId: null }),
          ],
        );
        if (outcome === 'email-taken') throw new ProblemError('auth.email-taken');
        wakeMail();
        return account;
      },
    );
}
