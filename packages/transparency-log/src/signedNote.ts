import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

// C2SP signed-note: https://c2sp.org/signed-note (type byte of Ed25519, size of a key id, limits on what a reader accepts).
const ed25519Type = Buffer.of(0x01);
const keyIdBytes = 4;
const ed25519KeyBytes = 32;
const ed25519SignatureBytes = 64;
/** A signed note of ours has about 200 bytes; more than this is not worth reading. */
const maxNoteBytes = 64 * 1024;
const maxSignatures = 100;
const signatureLinePattern = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u;
// Unicode spaces and plus signs would make a key name ambiguous.
const keyNamePattern = /^[^\s+]{1,200}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the standard forbids control characters in a note, so they are looked for.
const forbiddenPattern = /[\u0000-\u0009\u000b-\u001f]/;

// RFC 8410 section 4: what stands before the 32 bytes of an Ed25519 public key in its SubjectPublicKeyInfo.
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The public half of a log's key: who signs, the four bytes that name the key, and the key. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

/** A log's key: signs notes in its name. */
export interface NoteSigner extends NoteVerifier {
  readonly privateKey: KeyObject;
}

/** Thrown for a note or a verifier key that is malformed or not signed by the key asked for. */
export class NoteError extends Error {
  override readonly name = 'NoteError';
}

/** A signer from an Ed25519 private key; `name` is a URL without scheme, such as `todo-chatbot.local/audit`. */
export function createNoteSigner(name: string, privateKey: KeyObject): NoteSigner {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new NoteError('the key is not an Ed25519 key');
  return { ...noteVerifierOf(name, rawPublicKeyOf(createPublicKey(privateKey))), privateKey };
}

/** Reads a verifier key: `name+hex key id+base64(0x01 || public key)`. */
export function parseVerifierKey(text: string): NoteVerifier {
  const [name = '', keyId = '', ...rest] = text.trim().split('+');
  // Base64 may hold a plus sign itself.
  const key = decodeBase64(rest.join('+'));
  if (key?.length !== 1 + ed25519KeyBytes || !key.subarray(0, 1).equals(ed25519Type)) {
    throw new NoteError('the verifier key is not an Ed25519 key');
  }
  const verifier = noteVerifierOf(name, key.subarray(1));
  if (verifier.keyId.toString('hex') !== keyId) throw new NoteError('the verifier key has a wrong key id');
  return verifier;
}

/** The verifier key as text, for those who check the log. */
export function verifierKeyOf(verifier: NoteVerifier): string {
  const key = Buffer.concat([ed25519Type, rawPublicKeyOf(verifier.publicKey)]);
  return `${verifier.name}+${verifier.keyId.toString('hex')}+${key.toString('base64')}`;
}

/** Signs a text, which ends with a newline, and gives the note: text, empty line, signature line. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n') || forbiddenPattern.test(text)) throw new NoteError('the text cannot be signed');
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return `${text}\n\u2014 ${signer.name} ${Buffer.concat([signer.keyId, signature]).toString('base64')}\n`;
}

/** The text of a note that the verifier's key has signed; signatures of other keys are left alone. Throws NoteError. */
export function openNote(note: string, verifier: NoteVerifier): string {
  if (Buffer.byteLength(note) > maxNoteBytes || !note.isWellFormed() || forbiddenPattern.test(note)) {
    throw new NoteError('the note is malformed');
  }
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) throw new NoteError('the note is malformed');
  const text = note.slice(0, border + 1);
  const lines = note.slice(border + 2, -1).split('\n');
  if (lines.length > maxSignatures) throw new NoteError('the note has too many signatures');
  const signatures = lines.map(parseSignatureLine).filter(({ name, keyId }) => {
    return name === verifier.name && keyId.equals(verifier.keyId);
  });
  if (signatures.length === 0) throw new NoteError('the note is not signed by the key');
  for (const { signature } of signatures) {
    const isGenuine =
      signature.length === ed25519SignatureBytes && verify(null, Buffer.from(text), verifier.publicKey, signature);
    if (!isGenuine) throw new NoteError('a signature is not genuine');
  }
  return text;
}

/** Bytes of a base64 text in its one canonical form, or undefined. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function parseSignatureLine(line: string): { name: string; keyId: Buffer; signature: Buffer } {
  const [, name, encoded] = signatureLinePattern.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || !bytes || bytes.length <= keyIdBytes) throw new NoteError('a signature line is malformed');
  return { name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) };
}

function noteVerifierOf(name: string, rawPublicKey: Buffer): NoteVerifier {
  if (!keyNamePattern.test(name)) throw new NoteError('the key name is malformed');
  const named = Buffer.concat([Buffer.from(`${name}\n`), ed25519Type, rawPublicKey]);
  return {
    name,
    keyId: hash('sha256', named, 'buffer').subarray(0, keyIdBytes),
    publicKey: createPublicKey({ key: Buffer.concat([spkiPrefix, rawPublicKey]), format: 'der', type: 'spki' }),
  };
}

function rawPublicKeyOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-ed25519KeyBytes);
}
