import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from '@simplewebauthn/server/helpers';
import { ticketLifeSeconds } from '../domain/ticket.ts';
import type { PasskeyCeremonies, PasskeyRegistration } from '../ports/passkeyCeremonies.ts';

/** What the browser shows beside the address. */
const relyingPartyName = 'todo-chatbot';
/** Between them every authenticator in use has one of these. */
const algorithms = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];
/** The browser gives up when the ticket does. */
const timeout = ticketLifeSeconds * 1000;

/** Ceremonies over SimpleWebAuthn, bound to one origin and its host name. */
export function createWebAuthnCeremonies({ origin }: { readonly origin: string }): PasskeyCeremonies {
  const rpID = new URL(origin).hostname;
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };
  return {
    async registrationOptions({ account, existing }) {
      const options = await generateRegistrationOptions({
        rpName: relyingPartyName,
        rpID,
        // The handle is stored by authenticators in clear, so that it says nothing of the person (WebAuthn section 14.6.1).
        userID: new TextEncoder().encode(account.id),
        userName: account.email,
        userDisplayName: account.name,
        timeout,
        attestationType: 'none',
        excludeCredentials: existing.map(describeCredential),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: algorithms,
      });
      return { challenge: options.challenge, options: { ...options } };
    },
    verifyRegistration: ({ response, challenge }) =>
      nullWhenRefused(async () => {
        if (!isFromTopFrame(response.response.clientDataJSON) || !isAttestedByNobody(response)) return null;
        const { id, rawId, type, response: given } = response;
        const { clientDataJSON, attestationObject } = given;
        const { registrationInfo } = await verifyRegistrationResponse({
          ...expected,
          expectedChallenge: challenge,
          supportedAlgorithmIDs: algorithms,
          response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
        });
        if (!registrationInfo || registrationInfo.credential.id !== id) return null;
        const { credential, credentialBackedUp } = registrationInfo;
        return {
          id,
          publicKey: credential.publicKey,
          signCount: credential.counter,
          transports: given.transports ?? [],
          isBackedUp: credentialBackedUp,
        };
      }),
    async assertionOptions(allowed) {
      const options = await generateAuthenticationOptions({
        rpID,
        timeout,
        userVerification: 'required',
        ...(allowed === null ? {} : { allowCredentials: allowed.map(describeCredential) }),
      });
      return { challenge: options.challenge, options: { ...options } };
    },
    verifyAssertion: ({ response, challenge, passkey }) =>
      nullWhenRefused(async () => {
        if (!isFromTopFrame(response.response.clientDataJSON)) return null;
        const { id, rawId, type, response: given } = response;
        const { clientDataJSON, authenticatorData, signature } = given;
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          ...expected,
          expectedChallenge: challenge,
          // Counter zero: every counter of the response passes here, because only the store can compare and change it at once.
          credential: { id: passkey.id, publicKey: passkey.publicKey, counter: 0 },
          response: {
            id,
            rawId,
            type,
            response: { clientDataJSON, authenticatorData, signature },
            clientExtensionResults: {},
          },
        });
        if (!verified || id !== passkey.id) return null;
        return { signCount: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
      }),
  };
}

function describeCredential({ id, transports }: { readonly id: string; readonly transports: readonly string[] }) {
  return { id, transports: [...transports] };
}

/** The library throws a plain error for everything that it refuses; what it is given comes from outside and does no I/O. */
async function nullWhenRefused<T>(verify: () => Promise<T | null>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}

/** In another site's frame a person cannot see whom they confirm something for. The library lets that pass. */
function isFromTopFrame(clientDataJSON: string): boolean {
  return decodeClientDataJSON(clientDataJSON).crossOrigin !== true;
}

/**
 * We ask for no attestation, and get none or one that the key signs itself. Nothing is to be gained from another, and much code would
 * have to read its certificates and fetch revocation lists.
 */
function isAttestedByNobody({ response }: PasskeyRegistration): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
}
