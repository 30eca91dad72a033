import { type Clock, ProblemError, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { EmailLinkStore } from '../ports/emailLinkStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';
import type { ChoosePassword } from './choosePassword.ts';
import type { Notice } from './notice.ts';
import { sessionRevoked } from './sessionRevoked.ts';

export type ResetPassword = ReturnType<typeof createResetPassword>;

/**
 * Sets a new password by mailed link and throws everybody out. The link is looked at before the slow work, so that guesses cost nothing,
 * and used up after it: a password that breaks a rule leaves the link as it was.
 */
export function createResetPassword(options: {
  readonly emailLinks: Pick<EmailLinkStore, 'peekReset' | 'resetPassword'>;
  readonly choosePassword: ChoosePassword;
  readonly keyedHash: KeyedHash;
  readonly notice: Notice;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { emailLinks, choosePassword, keyedHash, notice, wakeMail, auditTrail, clock } = options;
  return ({ token, newPassword }: { readonly token: string; readonly newPassword: string }): Promise<void> =>
    audited({ auditTrail, action: 'auth.reset-password', input: {} }, async (attempt) => {
      const tokenHash = keyedHash('link', token);
      const owner = await emailLinks.peekReset(tokenHash, clock.now());
      if (!owner) throw new ProblemError('auth.link-invalid');
      attempt.isAbout({ type: 'user', id: owner.userId });
      await prepareAuditBox(owner.userId);
      const passwordHash = await choosePassword({ typed: newPassword, owner, path: 'body.newPassword' });
      const now = clock.now();
      const reset = await emailLinks.resetPassword({
        tokenHash,
        passwordHash,
        now,
        eventsFor: ({ userId, accessVersion, endedSessionIds }) => [
          accessChanged({ userId, minimumVersion: accessVersion, now }),
          ...endedSessionIds.map((sessionId) => sessionRevoked({ session: { userId, sessionId }, now })),
          attempt.succeeded({ userId, sessionId: null }),
        ],
        jobsFor: (owner) => [notice('password-changed', owner)],
      });
      if (!reset) throw new ProblemError('auth.link-invalid');
      wakeMail();
    });
}
