import { maskEmail, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { MailAllowances } from '../ports/mailAllowances.ts';
import type { JobSealer, MailQueue } from '../ports/mailQueue.ts';
import { audited } from './audited.ts';
import type { Notice } from './notice.ts';

export type ChangeEmail = ReturnType<typeof createChangeEmail>;

/**
 * Asks for another address: a link goes there, a notice to the present one. Whether the new one is taken is found out behind the answer, so
 * that nobody can ask who has an account (AUTH-6).
 */
export function createChangeEmail(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly mailQueue: Pick<MailQueue, 'add'>;
  readonly jobs: JobSealer;
  readonly allowances: MailAllowances;
  readonly notice: Notice;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
}) {
  const { accounts, mailQueue, jobs, allowances, notice, wakeMail, auditTrail } = options;
  return ({ userId, sessionId }: SignedInUser, email: string): Promise<void> =>
    audited(
      { auditTrail, action: 'auth.request-email-change', input: {}, personalInput: { email: maskEmail(email) } },
      async (attempt) => {
        attempt.isAbout({ type: 'user', id: userId });
        const record = await accounts.find(userId);
        if (!record) throw new ProblemError('auth.token-invalid');
        const { account, accessVersion } = record;
        const present = account.email;
        if (email === present) {
          const errors = [{ path: 'body.email', message: 'is the address of this account already' }];
          throw new ProblemError('request.invalid', { errors });
        }
        // Both are counted whatever the first one says: the answer takes the same time.
        const isAllowed = [await allowances.take('account', userId), await allowances.take('address', email)];
        if (isAllowed.includes(false)) return auditTrail.record([attempt.withheld('mail-allowance-used')]);
        await mailQueue.add(
          [
            jobs.seal({ kind: 'email-change', userId, email, accessVersion }),
            notice('email-change-requested', { userId, email: present }),
          ],
          [attempt.succeeded({ userId, sessionId })],
        );
        wakeMail();
      },
    );
}
