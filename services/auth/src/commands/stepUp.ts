import type { AccessGrant, stepUpOptionsSchema, stepUpRequestSchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { secondFactorMethodsOf } from '../domain/secondFactors.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasskeyCeremonies } from '../ports/passkeyCeremonies.ts';
import type { SecondFactorReader, SessionProofStore } from '../ports/secondFactorStores.ts';
import type { GrantAccess } from './accessGrant.ts';
import { type Attempt, audited } from './audited.ts';
import type { CheckOwnPassword } from './checkOwnPassword.ts';
import type { ProveSecondFactor } from './proveSecondFactor.ts';
import type { Tickets } from './tickets.ts';

export type OfferStepUp = ReturnType<typeof createOfferStepUp>;
export type StepUp = ReturnType<typeof createStepUp>;

type Proof = z.infer<typeof stepUpRequestSchema>['proof'];

/** Says how the person may prove themselves once more: by a second factor where there is one, by the password otherwise. */
export function createOfferStepUp(options: {
  readonly secondFactors: Pick<SecondFactorReader, 'find'>;
  readonly tickets: Pick<Tickets, 'giveForCeremony'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'assertionOptions'>;
}) {
  const { secondFactors, tickets, ceremonies } = options;
  return async ({ userId, sessionId }: SignedInUser): Promise<z.infer<typeof stepUpOptionsSchema>> => {
    const factors = await secondFactors.find(userId);
    const methods = secondFactorMethodsOf(factors);
    if (methods.length === 0) return { methods: ['password'], passkey: null };
    if (!methods.includes('passkey')) return { methods, passkey: null };
    const holder = { purpose: 'passkey-step-up', userId, sessionId } as const;
    const passkey = await tickets.giveForCeremony(holder, await ceremonies.assertionOptions(factors.passkeys));
    return { methods, passkey };
  };
}

/** Proves the person once more, and answers an access token that says so (RFC 9470). */
export function createStepUp(options: {
  readonly secondFactors: Pick<SecondFactorReader, 'find'>;
  readonly checkOwnPassword: CheckOwnPassword;
  readonly proveSecondFactor: ProveSecondFactor;
  readonly sessionProofs: SessionProofStore;
  readonly grantAccess: GrantAccess;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { secondFactors, checkOwnPassword, proveSecondFactor, sessionProofs, grantAccess, auditTrail, clock } = options;

  async function requireProof({ userId, sessionId }: SignedInUser, proof: Proof, attempt: Attempt): Promise<void> {
    if (proof.method !== 'password') {
      if (await proveSecondFactor({ userId, sessionId, deviceId: null }, proof, attempt)) return;
      throw new ProblemError('auth.second-factor-invalid');
    }
    // Whoever stole the password must not get further with it than before the second factor was set up.
    if (secondFactorMethodsOf(await secondFactors.find(userId)).length > 0) {
      throw new ProblemError('auth.second-factor-invalid');
    }
    await checkOwnPassword(userId, proof.password, attempt);
  }

  return ({ proof }: z.infer<typeof stepUpRequestSchema>, user: SignedInUser): Promise<AccessGrant> =>
    audited({ auditTrail, action: 'auth.step-up', input: { method: proof.method } }, async (attempt) => {
      const { userId, sessionId } = user;
      attempt.isAbout({ type: 'session', id: sessionId });
      await requireProof(user, proof, attempt);
      const now = clock.now();
      const proved = await sessionProofs.add({
        session: { userId, sessionId },
        method: proof.method,
        now,
        events: [attempt.succeeded(user)],
      });
      if (!proved) throw new ProblemError('auth.token-invalid');
      const { record, ...sessionProof } = proved;
      return grantAccess({ record, sessionId, proof: sessionProof, now });
    });
}
