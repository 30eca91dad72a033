import type { SecondFactorProof } from '@todo-chatbot/contracts';
import type { Clock } from '@todo-chatbot/service-kit';
import { totpStepOf } from '../domain/totp.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { RecoveryCodeStore, TotpStore } from '../ports/secondFactorStores.ts';
import type { Attempt } from './audited.ts';
import type { CountAttempt, CountedAttempt } from './countAttempt.ts';
import { hashRecoveryCode } from './newRecoveryCodes.ts';
import type { VerifyPasskey } from './verifyPasskey.ts';

export type ProveSecondFactor = ReturnType<typeof createProveSecondFactor>;

/** Who proves: in a session, or (null) at the door, there perhaps in a known browser. */
interface Prover {
  readonly userId: string;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
}

/** Checks a proof by second factor. True uses it up: no code and no ticket of a passkey proves anything twice. */
export function createProveSecondFactor(options: {
  readonly totp: Pick<TotpStore, 'findConfirmed' | 'useStep'>;
  readonly recoveryCodes: Pick<RecoveryCodeStore, 'use'>;
  readonly verifyPasskey: VerifyPasskey;
  readonly countAttempt: CountAttempt;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}) {
  const { totp, recoveryCodes, verifyPasskey, countAttempt, keyedHash, clock } = options;

  async function proveTotp(userId: string, code: string): Promise<boolean> {
    const secret = await totp.findConfirmed(userId);
    if (!secret) return false;
    const step = totpStepOf({ secret, code, now: clock.now() });
    return step !== null && (await totp.useStep({ userId, step }));
  }

  function proveCode(userId: string, proof: Exclude<SecondFactorProof, { method: 'passkey' }>): Promise<boolean> {
    if (proof.method === 'totp') return proveTotp(userId, proof.oneTimeCode);
    const codeHash = hashRecoveryCode(keyedHash, { userId, code: proof.recoveryCode });
    return recoveryCodes.use({ userId, codeHash, now: clock.now() });
  }

  /** Somebody in a session and a known browser count apart, so that a thief of either locks nobody else out, and a stranger not them. */
  function count({ userId, sessionId, deviceId }: Prover): Promise<CountedAttempt> {
    if (sessionId !== null) return countAttempt('second-factor-session', sessionId);
    if (deviceId !== null) return countAttempt('second-factor-device', deviceId);
    return countAttempt('second-factor-account', userId);
  }

  return async (person: Prover, proof: SecondFactorProof, attempt: Attempt): Promise<boolean> => {
    const { userId, sessionId } = person;
    if (proof.method === 'passkey') {
      const purpose = sessionId === null ? 'passkey-second-factor' : 'passkey-step-up';
      return (await verifyPasskey({ purpose, userId, sessionId }, proof)) !== null;
    }
    // A code can be guessed: it is counted before it is looked at (AUTH-7).
    const counted = await count(person);
    const isRight = counted.lockedForSeconds === null && (await proveCode(userId, proof));
    if (isRight) await counted.succeeded();
    else counted.failed(attempt);
    return isRight;
  };
}
