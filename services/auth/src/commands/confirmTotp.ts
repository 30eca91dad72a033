import type { confirmTotpRequestSchema, recoveryCodesSchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { totpEnrolmentLifeMs, totpStepOf } from '../domain/totp.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { TotpStore } from '../ports/secondFactorStores.ts';
import { audited } from './audited.ts';
import type { CountAttempt } from './countAttempt.ts';
import { newRecoveryCodes } from './newRecoveryCodes.ts';

export type ConfirmTotp = ReturnType<typeof createConfirmTotp>;

/** Makes the secret that waits a factor by its first code, and gives new recovery codes. */
export function createConfirmTotp(options: {
  readonly totp: Pick<TotpStore, 'findWaiting' | 'confirm'>;
  readonly countAttempt: CountAttempt;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { totp, countAttempt, keyedHash, auditTrail, clock } = options;

  async function findWaiting(userId: string) {
    const waiting = await totp.findWaiting(userId);
    const isFresh = waiting && clock.now().getTime() - waiting.createdAt.getTime() <= totpEnrolmentLifeMs;
    if (!isFresh) throw new ProblemError('auth.factor-not-found');
    return waiting;
  }

  return (
    { oneTimeCode }: z.infer<typeof confirmTotpRequestSchema>,
    user: SignedInUser,
  ): Promise<z.infer<typeof recoveryCodesSchema>> =>
    audited({ auditTrail, action: 'auth.confirm-totp', category: 'security', input: {} }, async (attempt) => {
      const { userId, sessionId } = user;
      attempt.isAbout({ type: 'user', id: userId });
      const { secret, createdAt } = await findWaiting(userId);
      const counted = await countAttempt('second-factor-session', sessionId);
      const now = clock.now();
      const step = counted.lockedForSeconds === null ? totpStepOf({ secret, code: oneTimeCode, now }) : null;
      if (step === null) {
        counted.failed(attempt);
        throw new ProblemError('auth.second-factor-invalid');
      }
      await counted.succeeded();
      const codes = newRecoveryCodes(keyedHash, userId);
      const isConfirmed = await totp.confirm({
        session: { userId, sessionId },
        createdAt,
        step,
        codeHashes: codes.hashes,
        now,
        events: [attempt.succeeded(user)],
      });
      if (!isConfirmed) throw new ProblemError('auth.factor-not-found');
      return { recoveryCodes: codes.shown };
    });
}
