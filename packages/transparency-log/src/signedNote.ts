import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';

// C2SP signed-note: https://c2sp.org/signed-note (type bytes, size of a key id, limits on what a reader accepts).
/** Type byte of a key that signs the text of notes. */
const noteSignatureType = 0x01;
const keyIdBytes = 4;
const ed25519KeyBytes = 32;
/** Bytes of an Ed25519 signature. */
export const ed25519SignatureBytes = 64;
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

/** The public half of an Ed25519 key under a name. `signatureType` says what the key signs; it goes into `keyId`. */
export interface NamedKey<SignatureType extends number> {
  readonly name: string;
  readonly signatureType: SignatureType;
  /** Four bytes that name the key in signature lines. */
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
}

/** The public half of a log's key. */
export type NoteVerifier = NamedKey<typeof noteSignatureType>;

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
  return { ...namedKeyOf(name, noteSignatureType, privateKey), privateKey };
}

/** Reads the verifier key of a log: `name+hex key id+base64(0x01 || public key)`. Throws NoteError. */
export function parseVerifierKey(text: string): NoteVerifier {
  return parseNamedKey(text, noteSignatureType);
}

/** The verifier key as text, for those who check the log or what a witness says of it. */
export function verifierKeyOf(verifier: NamedKey<number>): string {
  const key = Buffer.concat([Buffer.of(verifier.signatureType), rawPublicKeyOf(verifier.publicKey)]);
  return `${verifier.name}+${verifier.keyId.toString('hex')}+${key.toString('base64')}`;
}

/** Reads a verifier key of one signature type. Throws NoteError. */
export function parseNamedKey<SignatureType extends number>(
  text: string,
  signatureType: SignatureType,
): NamedKey<SignatureType> {
  const [name = '', keyId = '', ...rest] = text.trim().split('+');
  // Base64 may hold a plus sign itself.
  const key = decodeBase64(rest.join('+'));
  if (key?.length !== 1 + ed25519KeyBytes || key[0] !== signatureType) {
    throw new NoteError('the verifier key is not an Ed25519 key of its kind');
  }
  const publicKey = createPublicKey({ key: Buffer.concat([spkiPrefix, key.subarray(1)]), format: 'der', type: 'spki' });
  const verifier = namedKey(name, signatureType, publicKey);
  if (verifier.keyId.toString('hex') !== keyId) throw new NoteError('the verifier key has a wrong key id');
  return verifier;
}

/** The public half of an Ed25519 private key under a name. Throws NoteError. */
export function namedKeyOf<SignatureType extends number>(
  name: string,
  signatureType: SignatureType,
  privateKey: KeyObject,
): NamedKey<SignatureType> {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new NoteError('the key is not an Ed25519 key');
  return namedKey(name, signatureType, createPublicKey(privateKey));
}

/** Signs a text, which ends with a newline, and gives the note: text, empty line, signature line. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n') || forbiddenPattern.test(text)) throw new NoteError('the text cannot be signed');
  const signature = sign(null, Buffer.from(text), signer.privateKey);
  return `${text}\n${signatureLineOf(signer, signature)}`;
}

/** The text of a note that the verifier's key has signed; signatures of other keys are left alone. Throws NoteError. */
export function openNote(note: string, verifier: NoteVerifier): string {
  const { text, signatures } = signaturesOf(note, verifier);
  for (const signature of signatures) {
    const isGenuine =
      signature.length === ed25519SignatureBytes && verify(null, Buffer.from(text), verifier.publicKey, signature);
    if (!isGenuine) throw new NoteError('a signature is not genuine');
  }
  return text;
}

/** A note's text and what stands in its signature lines under the key; at least one, nothing verified yet. Throws NoteError. */
export function signaturesOf(
  note: string,
  key: NamedKey<number>,
): { readonly text: string; readonly signatures: readonly Buffer[] } {
  const { text, lines } = parseNote(note);
  const own = lines.filter(({ name, keyId }) => name === key.name && keyId.equals(key.keyId));
  if (own.length === 0) throw new NoteError('the note is not signed by the key');
  return { text, signatures: own.map(({ signature }) => signature) };
}

/** A note as one key signed it, without the lines of other keys. Nothing is verified. Throws NoteError when there is no line of it. */
export function noteSignedBy(note: string, key: NamedKey<number>): string {
  const { text, signatures } = signaturesOf(note, key);
  return `${text}\n${signatures.map((signature) => signatureLineOf(key, signature)).join('')}`;
}

/** True when each signature line of a note is one of these keys'. Nothing is verified. Throws NoteError when it is no note. */
export function isSignedOnlyBy(note: string, keys: readonly NamedKey<number>[]): boolean {
  return parseNote(note).lines.every(({ name, keyId }) =>
    keys.some((key) => key.name === name && key.keyId.equals(keyId)),
  );
}

/** A note's text, of whomever it is: nothing is verified. Throws NoteError when it is no note. */
export function textOfNote(note: string): string {
  return parseNote(note).text;
}

/** A line that carries a key's signature, with its newline. */
export function signatureLineOf(key: NamedKey<number>, signature: Buffer): string {
  return `\u2014 ${key.name} ${Buffer.concat([key.keyId, signature]).toString('base64')}\n`;
}

/** Bytes of a base64 text in its one canonical form, or undefined. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
}

function parseNote(note: string): { readonly text: string; readonly lines: readonly SignatureLine[] } {
  if (Buffer.byteLength(note) > maxNoteBytes || !note.isWellFormed() || forbiddenPattern.test(note)) {
    throw new NoteError('the note is malformed');
  }
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) throw new NoteError('the note is malformed');
  const lines = note.slice(border + 2, -1).split('\n');
  if (lines.length > maxSignatures) throw new NoteError('the note has too many signatures');
  return { text: note.slice(0, border + 1), lines: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): SignatureLine {
  const [, name, encoded] = signatureLinePattern.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || !bytes || bytes.length <= keyIdBytes) throw new NoteError('a signature line is malformed');
  return { name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) };
}

function namedKey<SignatureType extends number>(
  name: string,
  signatureType: SignatureType,
  publicKey: KeyObject,
): NamedKey<SignatureType> {
  if (!keyNamePattern.test(name)) throw new NoteError('the key name is malformed');
  const named = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(signatureType), rawPublicKeyOf(publicKey)]);
  return { name, signatureType, keyId: hash('sha256', named, 'buffer').subarray(0, keyIdBytes), publicKey };
}

function rawPublicKeyOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-ed25519KeyBytes);
}
