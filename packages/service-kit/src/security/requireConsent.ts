import type { ConsentPurpose } from '@todo-chatbot/contracts';
import { ProblemError } from '../problem.ts';
import type { SignedInUser } from './tokenVerifier.ts';

/**
 * Holds the use of a person's data against what they agreed to (PRIV-2).
 * @throws ProblemError `consent.required`, which names the purpose
 */
export function requireConsent({ consents }: Pick<SignedInUser, 'consents'>, purpose: ConsentPurpose): void {
  if (consents.includes(purpose)) return;
  const detail = `This needs your consent to the purpose “${purpose}”. You can give it under Privacy.`;
  throw new ProblemError('consent.required', { detail });
}
