import type { recoveryCodesSchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { RecoveryCodeStore } from '../ports/secondFactorStores.ts';
import { audited } from './audited.ts';
import { newRecoveryCodes } from './newRecoveryCodes.ts';

export type RenewRecoveryCodes = ReturnType<typeof createRenewRecoveryCodes>;

/** New recovery codes in place of the old ones, for an account that has a second factor. */
export function createRenewRecoveryCodes(options: {
  readonly recoveryCodes: Pick<RecoveryCodeStore, 'replace'>;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { recoveryCodes, keyedHash, auditTrail, clock } = options;
  return (user: SignedInUser): Promise<z.infer<typeof recoveryCodesSchema>> =>
    audited({ auditTrail, action: 'auth.renew-recovery-codes', category: 'security', input: {} }, async (attempt) => {
      const { userId } = user;
      attempt.isAbout({ type: 'user', id: userId });
      const codes = newRecoveryCodes(keyedHash, userId);
      const events = [attempt.succeeded(user)];
      const isReplaced = await recoveryCodes.replace({ userId, codeHashes: codes.hashes, now: clock.now(), events });
      if (!isReplaced) throw new ProblemError('auth.factor-not-found');
      return { recoveryCodes: codes.shown };
    });
}
