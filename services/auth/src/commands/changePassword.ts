import type { changePasswordRequestSchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { normalisePassword } from '../domain/password.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionStore } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { CheckOwnPassword } from './checkOwnPassword.ts';
import type { ChoosePassword } from './choosePassword.ts';
import { sessionRevoked } from './sessionRevoked.ts';

export type ChangePassword = ReturnType<typeof createChangePassword>;

/** Where the new password stands in the request. */
const path = 'body.newPassword';

/** Changes the password of somebody who knows the current one. All other sessions end, and all other devices are forgotten (AUTH-9). */
export function createChangePassword(options: {
  readonly sessions: Pick<SessionStore, 'changePassword'>;
  readonly checkOwnPassword: CheckOwnPassword;
  readonly choosePassword: ChoosePassword;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { sessions, checkOwnPassword, choosePassword, auditTrail, clock } = options;
  return (
    { userId, sessionId }: SignedInUser,
    { currentPassword, newPassword }: z.infer<typeof changePasswordRequestSchema>,
  ): Promise<void> =>
    audited({ auditTrail, action: 'auth.change-password', input: {} }, async (attempt) => {
      attempt.isAbout({ type: 'user', id: userId });
      const { account, passwordHash } = await checkOwnPassword(userId, currentPassword, attempt);
      if (normalisePassword(newPassword) === normalisePassword(currentPassword)) throw sameAsBefore();
      const renewed = await choosePassword({ typed: newPassword, owner: account, path });
      const now = clock.now();
      const asking = { userId, sessionId };
      const isChanged = await sessions.changePassword({
        asking,
        from: passwordHash,
        to: renewed,
        now,
        eventsFor: (ended) => [...ended.map((session) => sessionRevoked({ session, now })), attempt.succeeded(asking)],
      });
      // Another change came first: what was typed as the current password is so no more.
      if (!isChanged) throw new ProblemError('auth.password-wrong');
    });
}

function sameAsBefore(): ProblemError {
  const message = 'must not be the current password';
  return new ProblemError('auth.password-rejected', {
    detail: `The password ${message}.`,
    errors: [{ path, message }],
  });
}
