import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Encrypts what the database must not be able to read (DATA-2). */
export interface Sealer {
  /** `context` names what is sealed and for whom; the sealed bytes open in no other one. */
  seal(plaintext: Uint8Array, context: string): Uint8Array<ArrayBuffer>;
  /** @throws SealBroken for another key or context, or a single changed bit. */
  open(sealed: Uint8Array, context: string): Uint8Array<ArrayBuffer>;
}

/** Sealed bytes do not open: another key, another context, or somebody changed them. */
export class SealBroken extends Error {
  constructor(cause?: unknown) {
    super('sealed data could not be opened', cause === undefined ? undefined : { cause });
    this.name = 'SealBroken';
  }
}

const algorithm = 'aes-256-gcm';
/** First byte of the format, so that there can be a second one. */
const formatVersion = 1;
/** NIST SP 800-38D section 8.2: 96 random bits, for far fewer than 2^32 seals under one key. */
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes;

/**
 * AES-256-GCM under a 32-byte key. Format: version (1), nonce (12), ciphertext, tag (16).
 * @throws RangeError for a key of another length.
 */
export function createSealer(key: Uint8Array): Sealer {
  if (key.length !== 32) throw new RangeError('a sealing key has 32 bytes');
  return {
    seal(plaintext, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(context, 'utf8'));
      const sealed = [Buffer.of(formatVersion), nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
      return new Uint8Array(Buffer.concat(sealed));
    },
    open(sealed, context) {
      if (sealed.length < headBytes + tagBytes || sealed[0] !== formatVersion) throw new SealBroken();
      try {
        const nonce = sealed.subarray(1, headBytes);
        const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(context, 'utf8'));
        decipher.setAuthTag(sealed.subarray(-tagBytes));
        const opened = [decipher.update(sealed.subarray(headBytes, -tagBytes)), decipher.final()];
        return new Uint8Array(Buffer.concat(opened));
      } catch (error) {
        throw new SealBroken(error);
      }
    },
  };
}
