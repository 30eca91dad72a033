import type { secondFactorCommandSchema, TokenGrant } from '@todo-chatbot/contracts';
import { ProblemError, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { DeviceStore } from '../ports/deviceStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { OpenSession } from './openSession.ts';
import type { ProveSecondFactor } from './proveSecondFactor.ts';
import type { Tickets } from './tickets.ts';

export type LoginWithSecondFactor = ReturnType<typeof createLoginWithSecondFactor>;

/** The second half of a sign-in. Whatever is wrong, the answer is the same. */
export function createLoginWithSecondFactor(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly devices: DeviceStore;
  readonly keyedHash: KeyedHash;
  readonly tickets: Pick<Tickets, 'countProof' | 'take'>;
  readonly proveSecondFactor: ProveSecondFactor;
  readonly openSession: OpenSession;
  readonly auditTrail: AuditTrail;
}) {
  const { accounts, devices, keyedHash, tickets, proveSecondFactor, openSession, auditTrail } = options;
  return (
    { ticket, proof, deviceToken }: z.infer<typeof secondFactorCommandSchema>,
    client: SessionClient,
  ): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.login-second-factor', input: { method: proof.method } }, async (attempt) => {
      const counted = await tickets.countProof(ticket);
      if (!counted) throw new ProblemError('auth.second-factor-invalid');
      const { userId } = counted;
      attempt.isAbout({ type: 'user', id: userId });
      await prepareAuditBox(userId);
      const deviceId =
        deviceToken === undefined ? null : await devices.find({ userId, tokenHash: keyedHash('device', deviceToken) });
      const isProved = await proveSecondFactor({ userId, sessionId: null, deviceId }, proof, attempt);
      // Two right proofs for one ticket at once: one of them finds it used up.
      const taken = isProved && (await tickets.take(ticket, { purpose: 'second-factor', userId, sessionId: null }));
      // Read last: between the two halves the account may have been suspended, or its password changed.
      const record = taken ? await accounts.find(userId) : null;
      if (record?.status !== 'active' || !counted.isStillFor(record)) {
        throw new ProblemError('auth.second-factor-invalid');
      }
      return openSession({ record, methods: ['password', proof.method], client, deviceToken, attempt });
    });
}
