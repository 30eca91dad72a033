import { generateKeyPair, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import type { Sealer } from '@todo-chatbot/service-kit';
import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';
import { signingKeyBits } from '../domain/signingKeys.ts';
import type { SigningKeyMaker } from '../ports/signingKeys.ts';

const publicKeySchema = z.object({ n: z.string(), e: z.string() });
const makePair = promisify(generateKeyPair);
const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** RSA keys whose private halves (PKCS #8) are sealed, each for its own id. */
export function createSealedSigningKeys(sealer: Sealer): SigningKeyMaker {
  return {
    async make() {
      const { privateKey, publicKey } = await makePair('rsa', { modulusLength: signingKeyBits });
      const { n, e } = publicKeySchema.parse(publicKey.export({ format: 'jwk' }));
      const kid = await calculateJwkThumbprint({ kty: 'RSA', n, e });
      const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
      const sealedPrivateKey = sealer.seal(plain, contextOf(kid));
      plain.fill(0);
      return { kid, modulus: n, exponent: e, sealedPrivateKey };
    },
    async open({ kid, sealedPrivateKey }) {
      const plain = sealer.open(sealedPrivateKey, contextOf(kid));
      const key = await webcrypto.subtle.importKey('pkcs8', plain, rs256, false, ['sign']);
      plain.fill(0);
      return key;
    },
  };
}

/** A sealed key that was moved to another row does not open. */
function contextOf(kid: string): string {
  return `signing-key ${kid}`;
}
