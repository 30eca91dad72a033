import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { hashBytes, verifyInclusion } from './merkleTree.ts';
import { decodeBase64, type NoteVerifier } from './signedNote.ts';

// C2SP tlog-proof: https://c2sp.org/tlog-proof

const header = 'c2sp.org/tlog-proof@v1';
/** A proof of ours with the longest entry, whose base64 is written in base64 again, has about 240 KB. */
const maxProofLength = 512 * 1024;
/** Hashes on the way from a leaf to the root of a tree of 2^63 entries. */
const maxPathHashes = 63;
const extraPattern = /^extra ([A-Za-z0-9+/]+={0,2})$/;
const indexPattern = /^index (0|[1-9]\d{0,15})$/;

/** A proof that an entry is in a log, as a person can keep it. */
export interface LogProof {
  readonly index: number;
  /** RFC 6962 section 2.1.1, from the leaf upwards. */
  readonly path: readonly Buffer[];
  /** The signed note. */
  readonly checkpoint: string;
  /** Whatever helps to make use of the proof. Nothing vouches for it. */
  readonly extra?: Buffer | undefined;
}

/** Thrown for a proof that is malformed or proves something else. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

/** The proof as the text of a file; its name should end in `.tlog-proof`. */
export function encodeProof({ index, path, checkpoint, extra }: LogProof): string {
  const lines = [
    header,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...path.map((hash) => hash.toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/**
 * A proof that is complete by itself: its extra line is JSON with the leaf, and with the body while there is one, both in base64.
 * `path` is in hex, as the API has it.
 */
export function encodeEntryProof(proof: {
  readonly index: number;
  readonly path: readonly string[];
  readonly checkpoint: string;
  readonly leaf: string;
  readonly body: string | null;
}): string {
  const { index, path, checkpoint, leaf, body } = proof;
  const extra = Buffer.from(JSON.stringify({ leaf, body }));
  return encodeProof({ index, path: path.map((hash) => Buffer.from(hash, 'hex')), checkpoint, extra });
}

/** Reads the text of a proof; whether it holds is for {@link verifyProof} to say. Throws ProofError. */
export function decodeProof(text: string): LogProof {
  if (text.length > maxProofLength) throw new ProofError('the proof is too long');
  const border = text.indexOf('\n\n');
  if (border < 0) throw new ProofError('the proof has no checkpoint');
  const [first, ...lines] = text.slice(0, border).split('\n');
  if (first !== header) throw new ProofError(`the first line is not ${header}`);
  const extra = extraPattern.exec(lines[0] ?? '')?.[1];
  if (extra !== undefined) lines.shift();
  const [, index] = indexPattern.exec(lines.shift() ?? '') ?? [];
  if (index === undefined || !Number.isSafeInteger(Number(index))) throw new ProofError('the index is malformed');
  if (lines.length > maxPathHashes) throw new ProofError('the path is too long');
  return {
    index: Number(index),
    path: lines.map((line) => bytesOf(line, 'a hash of the path')),
    checkpoint: text.slice(border + 2),
    ...(extra === undefined ? {} : { extra: bytesOf(extra, 'the extra line') }),
  };
}

/**
 * The checkpoint that vouches for the entry, when the log's key has signed it and the path leads to its root.
 * Throws ProofError, NoteError or CheckpointError.
 */
export function verifyProof(
  { index, path, checkpoint }: LogProof,
  { leafHash, verifier }: { readonly leafHash: Buffer; readonly verifier: NoteVerifier },
): Checkpoint {
  const { treeSize, rootHash } = openCheckpoint(checkpoint, verifier);
  if (path.some((hash) => hash.length !== hashBytes)) throw new ProofError('a hash of the path is malformed');
  if (!verifyInclusion({ index, treeSize, leafHash, rootHash, path })) {
    throw new ProofError('the path does not lead from the entry to the root');
  }
  return { treeSize, rootHash };
}

function bytesOf(text: string, what: string): Buffer {
  const bytes = decodeBase64(text);
  if (!bytes) throw new ProofError(`${what} is no base64`);
  return bytes;
}
