import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasskeyStore } from '../ports/secondFactorStores.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';
import { passkeyObject } from './passkeyObject.ts';

export type RemovePasskey = ReturnType<typeof createRemovePasskey>;

/** Removes one of the person's own passkeys. */
export function createRemovePasskey(options: {
  readonly passkeys: Pick<PasskeyStore, 'remove'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { passkeys, auditTrail, clock } = options;
  return (id: string, user: SignedInUser): Promise<void> =>
    audited({ auditTrail, action: 'auth.remove-passkey', category: 'security', input: {} }, async (attempt) => {
      const { userId } = user;
      attempt.isAbout(passkeyObject(id));
      const isRemoved = await passkeys.remove({
        userId,
        id,
        events: [attempt.succeeded(user)],
        accessChanged: (minimumVersion) => accessChanged({ userId, minimumVersion, now: clock.now() }),
      });
      if (!isRemoved) throw new ProblemError('auth.factor-not-found');
    });
}
