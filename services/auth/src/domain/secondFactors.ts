import type { secondFactorMethods } from '@todo-chatbot/contracts';

/** A method of {@link secondFactorMethods}. */
export type SecondFactorMethod = (typeof secondFactorMethods)[number];

/** A passkey as it is asked for. */
export interface KnownPasskey {
  /** Credential id in base64url. */
  readonly id: string;
  readonly transports: readonly string[];
  readonly isBackedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** A passkey as its owner sees it. */
interface ListedPasskey extends KnownPasskey {
  readonly name: string;
}

/** The second factors of an account. A TOTP secret that waits for its first code is none. */
export interface SecondFactors {
  readonly totpEnabledAt: Date | null;
  readonly recoveryCodesLeft: number;
  /** Oldest first. */
  readonly passkeys: readonly KnownPasskey[];
}

/** The second factors of an account as its owner sees them. */
export interface ListedSecondFactors extends SecondFactors {
  readonly passkeys: readonly ListedPasskey[];
}

/** The methods by which the account proves its second factor, the strongest first; none: it has no second factor. */
export function secondFactorMethodsOf(factors: SecondFactors): SecondFactorMethod[] {
  const methods: SecondFactorMethod[] = [];
  if (factors.passkeys.length > 0) methods.push('passkey');
  if (factors.totpEnabledAt !== null) methods.push('totp');
  // Recovery codes stand in for a factor; without one they are worth nothing.
  if (methods.length > 0 && factors.recoveryCodesLeft > 0) methods.push('recovery-code');
  return methods;
}
