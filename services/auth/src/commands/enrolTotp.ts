import type { totpEnrolmentSchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { createTotpSecret, describeTotpSecret } from '../domain/totp.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { TotpStore } from '../ports/secondFactorStores.ts';
import { audited } from './audited.ts';

export type EnrolTotp = ReturnType<typeof createEnrolTotp>;

/** Makes a TOTP secret, which is a factor only after its first code. Another that waits is replaced. */
export function createEnrolTotp(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly totp: Pick<TotpStore, 'enrol'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { accounts, totp, auditTrail, clock } = options;
  return (user: SignedInUser): Promise<z.infer<typeof totpEnrolmentSchema>> =>
    audited({ auditTrail, action: 'auth.enrol-totp', category: 'security', input: {} }, async (attempt) => {
      const { userId } = user;
      attempt.isAbout({ type: 'user', id: userId });
      const record = await accounts.find(userId);
      if (!record) throw new ProblemError('auth.token-invalid');
      const secret = createTotpSecret();
      const isEnrolled = await totp.enrol({
        userId,
        secret,
        now: clock.now(),
        events: [attempt.succeeded(user)],
      });
      if (!isEnrolled) throw new ProblemError('auth.factor-exists');
      return describeTotpSecret({ secret, account: record.account.email });
    });
}
