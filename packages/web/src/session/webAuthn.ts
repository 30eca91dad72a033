import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { passkeyAssertionSchema, passkeyRegistrationSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

export { browserSupportsWebAuthn } from '@simplewebauthn/browser';

/** The server makes the options and the browser checks each of their members; only their outline is looked at between. */
const requestOptionsSchema = z.custom<PublicKeyCredentialRequestOptionsJSON>(
  (value) => z.looseObject({ challenge: z.string() }).safeParse(value).success,
);
const creationOptionsSchema = z.custom<PublicKeyCredentialCreationOptionsJSON>(
  (value) => z.looseObject({ challenge: z.string(), rp: z.looseObject({}) }).safeParse(value).success,
);

/** Asks the person for one of their passkeys. */
export async function askForPasskey(options: unknown) {
  const optionsJSON = requestOptionsSchema.parse(options);
  return passkeyAssertionSchema.parse(await inWords(() => startAuthentication({ optionsJSON })));
}

/** Makes a passkey on this device or on a security key. */
export async function makePasskey(options: unknown) {
  const optionsJSON = creationOptionsSchema.parse(options);
  return passkeyRegistrationSchema.parse(await inWords(() => startRegistration({ optionsJSON })));
}

async function inWords<T>(ceremony: () => Promise<T>): Promise<T> {
  try {
    return await ceremony();
  } catch (error) {
    if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
      throw new Error('This device has a passkey of your account already.', { cause: error });
    }
    // Browsers do not tell a person who said no from one who has no passkey: a page is not to learn that.
    throw new Error('No passkey was used. Try again, or choose another way.', { cause: error });
  }
}
