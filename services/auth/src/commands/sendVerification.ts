import { ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { EmailLinkStore } from '../ports/emailLinkStore.ts';
import type { MailAllowances } from '../ports/mailAllowances.ts';
import { audited } from './audited.ts';
import type { MailedLink } from './mailedLink.ts';

export type SendVerification = ReturnType<typeof createSendVerification>;

/** Mails the link that confirms the address once more. Where it is confirmed, or was asked for too often, it sends none and says nothing. */
export function createSendVerification(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly emailLinks: Pick<EmailLinkStore, 'issue'>;
  readonly allowances: MailAllowances;
  readonly mailedLink: MailedLink;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
}) {
  const { accounts, emailLinks, allowances, mailedLink, wakeMail, auditTrail } = options;
  return ({ userId, sessionId }: SignedInUser): Promise<void> =>
    audited({ auditTrail, action: 'auth.request-verification', input: {} }, async (attempt) => {
      const record = await accounts.find(userId);
      if (!record) throw new ProblemError('auth.token-invalid');
      const { email, emailVerified } = record.account;
      attempt.isAbout({ type: 'user', id: userId });
      if (emailVerified) return auditTrail.record([attempt.withheld('email-verified')]);
      if (!(await allowances.take('account', userId)))
        return auditTrail.record([attempt.withheld('mail-allowance-used')]);
      const { link, job } = mailedLink({ purpose: 'verify-email', userId, email });
      await emailLinks.issue({ link, jobs: [job], events: [attempt.succeeded({ userId, sessionId })] });
      wakeMail();
    });
}
