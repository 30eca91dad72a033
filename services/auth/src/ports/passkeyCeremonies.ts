import type {
  Account,
  passkeyAssertionSchema,
  passkeyRegistrationSchema,
  webAuthnOptionsSchema,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';
import type { KnownPasskey } from '../domain/secondFactors.ts';
import type { PasskeyCredential } from './secondFactorStores.ts';

/** Options for the browser, and the challenge in them that the answer has to be for. */
export interface CeremonyOptions {
  readonly challenge: string;
  readonly options: z.infer<typeof webAuthnOptionsSchema>;
}

/** A browser's answer to {@link PasskeyCeremonies.registrationOptions}. */
export type PasskeyRegistration = z.infer<typeof passkeyRegistrationSchema>;
/** A browser's answer to {@link PasskeyCeremonies.assertionOptions}. */
export type PasskeyAssertion = z.infer<typeof passkeyAssertionSchema>;

/** The two ceremonies of WebAuthn Level 3, sections 7.1 and 7.2, for one origin. A verification answers null whatever is wrong. */
export interface PasskeyCeremonies {
  registrationOptions(options: {
    readonly account: Account;
    readonly existing: readonly KnownPasskey[];
  }): Promise<CeremonyOptions>;
  verifyRegistration(options: { readonly response: PasskeyRegistration; readonly challenge: string }): Promise<
    | (PasskeyCredential & {
        readonly signCount: number;
        readonly transports: readonly string[];
        readonly isBackedUp: boolean;
      })
    | null
  >;
  /** `allowed` null: any passkey that the authenticator itself finds. */
  assertionOptions(allowed: readonly KnownPasskey[] | null): Promise<CeremonyOptions>;
  /** Checks everything but the counter, which its store decides about. */
  verifyAssertion(options: {
    readonly response: PasskeyAssertion;
    readonly challenge: string;
    readonly passkey: PasskeyCredential;
  }): Promise<{ readonly signCount: number; readonly isBackedUp: boolean } | null>;
}
