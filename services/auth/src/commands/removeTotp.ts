import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { TotpStore } from '../ports/secondFactorStores.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';

export type RemoveTotp = ReturnType<typeof createRemoveTotp>;

/** Removes the TOTP factor, or the secret that waits to become one. */
export function createRemoveTotp(options: {
  readonly totp: Pick<TotpStore, 'remove'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { totp, auditTrail, clock } = options;
  return (user: SignedInUser): Promise<void> =>
    audited({ auditTrail, action: 'auth.remove-totp', category: 'security', input: {} }, async (attempt) => {
      const { userId } = user;
      attempt.isAbout({ type: 'user', id: userId });
      const isRemoved = await totp.remove({
        userId,
        events: [attempt.succeeded(user)],
        accessChanged: (minimumVersion) => accessChanged({ userId, minimumVersion, now: clock.now() }),
      });
      if (!isRemoved) throw new ProblemError('auth.factor-not-found');
    });
}
