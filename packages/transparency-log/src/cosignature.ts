import { type KeyObject, sign, verify } from 'node:crypto';
import {
  ed25519SignatureBytes,
  type NamedKey,
  NoteError,
  namedKeyOf,
  parseNamedKey,
  signatureLineOf,
  signaturesOf,
  textOfNote,
} from './signedNote.ts';

// C2SP tlog-cosignature: https://c2sp.org/tlog-cosignature (Ed25519, cosignature/v1).
/** Type byte of a key that cosigns checkpoints. */
const cosignatureType = 0x04;
/** The time stands before the signature, in seconds since 1970, as an unsigned 64-bit number. */
const timestampBytes = 8;

/** The public half of a witness's key. */
export type CosignatureVerifier = NamedKey<typeof cosignatureType>;

/** A witness's key: cosigns the checkpoints of logs. Never the key of anything else, because what it signs does not say its name. */
export interface Cosigner extends CosignatureVerifier {
  readonly privateKey: KeyObject;
}

/** A checkpoint's note with a cosignature that was found genuine. */
export interface CosignedNote {
  readonly note: string;
  /** When the witness made it, in seconds since 1970: then the log was this long and no longer, as far as the witness knows. */
  readonly timeSeconds: number;
}

/** A cosigner from an Ed25519 private key; `name` is a URL without scheme, such as `todo-chatbot.local/witness`. */
export function createCosigner(name: string, privateKey: KeyObject): Cosigner {
  return { ...namedKeyOf(name, cosignatureType, privateKey), privateKey };
}

/** Reads the verifier key of a witness: `name+hex key id+base64(0x04 || public key)`. Throws NoteError. */
export function parseWitnessKey(text: string): CosignatureVerifier {
  return parseNamedKey(text, cosignatureType);
}

/** The signature line by which a witness cosigns a note; that the note says what the witness may vouch for is the caller's to check. */
export function cosign(note: string, cosigner: Cosigner, timeSeconds: number): string {
  const signature = sign(null, cosignedMessage(textOfNote(note), timeSeconds), cosigner.privateKey);
  return signatureLineOf(cosigner, Buffer.concat([encodeTime(timeSeconds), signature]));
}

/** When the witness cosigned the note, in seconds since 1970; of several times the newest. Throws NoteError when it did not. */
export function cosignatureTime(note: string, witness: CosignatureVerifier): number {
  const { text, signatures } = signaturesOf(note, witness);
  return Math.max(...signatures.map((signature) => verifiedTime(text, signature, witness)));
}

/**
 * A note with the witness's signature line taken from the lines that it answered with; lines of other keys are left out.
 * Throws NoteError when the witness's own is not among them or not genuine.
 */
export function addCosignature(note: string, lines: string, witness: CosignatureVerifier): CosignedNote {
  const text = textOfNote(note);
  const [signature = Buffer.alloc(0)] = signaturesOf(`${text}\n${lines}`, witness).signatures;
  // Over the note's own text: an answer with an empty line in it would have brought a text of its own.
  const timeSeconds = verifiedTime(text, signature, witness);
  return { note: `${note}${signatureLineOf(witness, signature)}`, timeSeconds };
}

function verifiedTime(text: string, timestamped: Buffer, witness: CosignatureVerifier): number {
  if (timestamped.length !== timestampBytes + ed25519SignatureBytes) {
    throw new NoteError('a cosignature has a wrong length');
  }
  const time = timestamped.readBigUInt64BE();
  const timeSeconds = Number(time);
  // The standard allows up to 2^63 - 1; no clock is that far.
  if (!Number.isSafeInteger(timeSeconds)) throw new NoteError('the time of a cosignature is out of range');
  const message = cosignedMessage(text, timeSeconds);
  if (!verify(null, message, witness.publicKey, timestamped.subarray(timestampBytes))) {
    throw new NoteError('a cosignature is not genuine');
  }
  return timeSeconds;
}

function cosignedMessage(text: string, timeSeconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
}

function encodeTime(timeSeconds: number): Buffer {
  const bytes = Buffer.alloc(timestampBytes);
  bytes.writeBigUInt64BE(BigInt(timeSeconds));
  return bytes;
}
