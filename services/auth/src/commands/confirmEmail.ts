import { type Clock, ProblemError } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { EmailLinkStore } from '../ports/emailLinkStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { audited } from './audited.ts';
import type { Notice } from './notice.ts';

export type ConfirmEmail = ReturnType<typeof createConfirmEmail>;

/** Confirms the address that a link was mailed to: the account's own, or the one that it is to have. Its earlier address is told. */
export function createConfirmEmail(options: {
  readonly emailLinks: Pick<EmailLinkStore, 'confirmEmail'>;
  readonly keyedHash: KeyedHash;
  readonly notice: Notice;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { emailLinks, keyedHash, notice, wakeMail, auditTrail, clock } = options;
  return (token: string): Promise<void> =>
    audited({ auditTrail, action: 'auth.confirm-email', input: {} }, async (attempt) => {
      const confirmed = await emailLinks.confirmEmail({
        tokenHash: keyedHash('link', token),
        now: clock.now(),
        eventsFor: ({ userId }) => {
          attempt.isAbout({ type: 'user', id: userId });
          return [attempt.succeeded({ userId, sessionId: null })];
        },
        jobsFor: ({ userId, earlierEmail: email }) =>
          email === null ? [] : [notice('email-changed', { userId, email })],
      });
      if (!confirmed) throw new ProblemError('auth.link-invalid');
      wakeMail();
    });
}
