import type { AuthenticationMethod, Role } from '@todo-chatbot/contracts';
import { secondFactorMethods } from '@todo-chatbot/contracts';

/** True when one of the methods is a second factor; a passkey counts, because it asks for its owner's finger or PIN. */
function hasSecondFactor(methods: readonly AuthenticationMethod[]): boolean {
  return methods.some((method) => secondFactorMethods.some((factor) => factor === method));
}

/**
 * The roles that a session carries: where a second factor is required, one without it is worth the role `user` alone, so that an
 * administrator can sign in to enrol and do nothing else (AUTH-8).
 */
export function rolesInSession(options: {
  readonly roles: readonly Role[];
  readonly methods: readonly AuthenticationMethod[];
  readonly isSecondFactorRequired: boolean;
}): Role[] {
  const { roles, methods, isSecondFactorRequired } = options;
  return roles.filter((role) => role === 'user' || !isSecondFactorRequired || hasSecondFactor(methods));
}
