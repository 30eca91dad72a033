import { type Bytes, bytesOfBase64, hexOf } from './hashes.ts';

/** What a signature under a checkpoint came to; not every browser can check Ed25519. */
export type SignatureVerdict = 'valid' | 'invalid' | 'unsupported';

/** Type of an Ed25519 key in a verifier key, its bytes, and those by which a signature names it (C2SP signed-note). */
const ed25519Type = 1;
const publicKeyBytes = 32;
const keyIdBytes = 4;

interface VerifierKey {
  readonly name: string;
  readonly keyId: string;
  readonly publicKey: Bytes;
}

/** Reads `name+key id+key`; undefined for what is none. Base64 may hold plus signs itself. */
function readVerifierKey(text: string): VerifierKey | undefined {
  const [, name, keyId, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) return undefined;
  const key = bytesOfBase64(encoded);
  if (key.length !== 1 + publicKeyBytes || key[0] !== ed25519Type) return undefined;
  return { name, keyId, publicKey: key.slice(1) };
}

/** Signatures of the key under a note; those of others, such as a witness, are left alone. */
function signaturesBy({ name, keyId }: VerifierKey, note: string): Bytes[] {
  return note
    .slice(note.lastIndexOf('\n\n') + 2)
    .split('\n')
    .flatMap((line) => {
      const [, signer, encoded] = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
      if (signer !== name || encoded === undefined) return [];
      const bytes = bytesOfBase64(encoded);
      return hexOf(bytes.subarray(0, keyIdBytes)) === keyId ? [bytes.slice(keyIdBytes)] : [];
    });
}

/** Checks that the log's key signed a checkpoint (C2SP signed note, Ed25519). */
export async function checkSignature(note: string, verifierKey: string): Promise<SignatureVerdict> {
  const verifier = readVerifierKey(verifierKey);
  if (!verifier || !note.includes('\n\n')) return 'invalid';
  const text = new TextEncoder().encode(note.slice(0, note.lastIndexOf('\n\n') + 1));
  const signatures = signaturesBy(verifier, note);
  const key = await crypto.subtle
    .importKey('raw', verifier.publicKey, 'Ed25519', false, ['verify'])
    .catch(() => undefined);
  if (!key) return 'unsupported';
  const verdicts = await Promise.all(
    signatures.map((signature) => crypto.subtle.verify('Ed25519', key, signature, text)),
  );
  return verdicts.length > 0 && verdicts.every(Boolean) ? 'valid' : 'invalid';
}
