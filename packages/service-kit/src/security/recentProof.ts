import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem.ts';
import type { SignedInUser } from './tokenVerifier.ts';

/** Age of the last proof that sensitive acts accept, in milliseconds. */
const stepUpMaxAgeMs = 10 * 60_000;

/**
 * Wants a proof of the last ten minutes (RFC 9470), for acts that a stolen session must not do. Routes that always want it say `stepUp`.
 * @throws ProblemError `auth.step-up-required`
 */
export function requireRecentProof(user: SignedInUser, clock: Clock): void {
  const provedAt = user.authenticatedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (clock.now().getTime() - provedAt > stepUpMaxAgeMs) throw new ProblemError('auth.step-up-required');
}
