import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { passkeyAssertionSchema, passkeyRegistrationSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** What a dishonest browser or authenticator may do otherwise than asked. */
export interface Deviations {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly isUserVerified?: boolean;
  readonly isUserPresent?: boolean;
  readonly signCount?: number;
  /** Bit of the signature that is flipped. */
  readonly flippedBit?: number;
  /** Null: the authenticator names nobody. */
  readonly userHandle?: string | null;
  /** Attests itself with its own key in place of not at all, which browsers leave in (section 5.1.3). */
  readonly isSelfAttested?: boolean;
}

const creationOptionsSchema = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
});
const requestOptionsSchema = z.object({ challenge: z.string(), rpId: z.string() });
const publicKeySchema = z.object({ x: z.string(), y: z.string() });

const flag = { userPresent: 0x01, userVerified: 0x04, attestedCredentialData: 0x40 };

/**
 * Browser and authenticator in one, with a single ES256 passkey (WebAuthn Level 3), built from the specification and not from the
 * library that checks it. `counts` false: its counter stays zero, as that of synchronised passkeys does.
 */
export function createSoftAuthenticator(site: { readonly origin: string; readonly counts?: boolean }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let signCount = 0;
  let userHandle: string | undefined;

  function clientData(type: string, challenge: string, deviations: Deviations): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: deviations.type ?? type,
        challenge: deviations.challenge ?? challenge,
        origin: deviations.origin ?? site.origin,
        crossOrigin: deviations.crossOrigin ?? false,
      }),
    );
  }

  /** Section 6.1: hash of the relying party's id, flags, counter. */
  function authenticatorData(rpId: string, flags: number, deviations: Deviations): Buffer {
    if (site.counts !== false) signCount += 1;
    const { isUserPresent = true, isUserVerified = true } = deviations;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(deviations.signCount ?? signCount);
    const shown = (isUserPresent ? flag.userPresent : 0) | (isUserVerified ? flag.userVerified : 0);
    return Buffer.concat([sha256(deviations.rpId ?? rpId), Buffer.of(flags | shown), counter]);
  }

  /** Section 6.5.2, with an AAGUID of zeros. */
  function attestedCredentialData(): Buffer {
    const { x, y } = publicKeySchema.parse(publicKey.export({ format: 'jwk' }));
    const coseKey = [
      Buffer.from('a5010203262001', 'hex'),
      Buffer.from('215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ];
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credentialId.length);
    return Buffer.concat([Buffer.alloc(16), length, credentialId, ...coseKey]);
  }

  return {
    /** Credential id in base64url. */
    id,
    /** Answers options of a registration. */
    register(options: unknown, deviations: Deviations = {}): z.input<typeof passkeyRegistrationSchema> {
      const { challenge, rp, user } = creationOptionsSchema.parse(options);
      userHandle = user.id;
      const data = Buffer.concat([
        authenticatorData(rp.id, flag.attestedCredentialData, deviations),
        attestedCredentialData(),
      ]);
      const client = clientData('webauthn.create', challenge, deviations);
      const [format, statement] = deviations.isSelfAttested
        ? ['packed', selfAttestation(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey))]
        : ['none', Buffer.of(0xa0)];
      const attestationObject = Buffer.concat([
        Buffer.of(0xa3),
        cborText('fmt'),
        cborText(format),
        cborText('attStmt'),
        statement,
        cborText('authData'),
        cborBytes(data),
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      };
    },
    /** Answers options of an authentication. */
    authenticate(options: unknown, deviations: Deviations = {}): z.input<typeof passkeyAssertionSchema> {
      const { challenge, rpId } = requestOptionsSchema.parse(options);
      const client = clientData('webauthn.get', challenge, deviations);
      const data = authenticatorData(rpId, 0, deviations);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      if (deviations.flippedBit !== undefined) {
        const byte = Math.floor(deviations.flippedBit / 8);
        signature[byte] = (signature[byte] ?? 0) ^ (1 << (deviations.flippedBit % 8));
      }
      const named = deviations.userHandle === undefined ? userHandle : (deviations.userHandle ?? undefined);
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(named === undefined ? {} : { userHandle: named }),
        },
        clientExtensionResults: {},
      };
    },
  };
}

/** A software authenticator with its passkey. */
export type SoftAuthenticator = ReturnType<typeof createSoftAuthenticator>;

/** Section 8.2: algorithm -7 and the signature. */
function selfAttestation(signature: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0xa2), cborText('alg'), Buffer.of(0x26), cborText('sig'), cborBytes(signature)]);
}

/** CBOR text string of fewer than 24 bytes (RFC 8949 section 3.1). */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.of(0x60 + bytes.length), bytes]);
}

/** CBOR byte string with a length of two bytes. */
function cborBytes(bytes: Uint8Array): Buffer {
  const head = Buffer.of(0x59, 0, 0);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
