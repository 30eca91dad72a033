import { hashBytes } from './merkleTree.ts';
import { decodeBase64, type NoteSigner, type NoteVerifier, openNote, signNote } from './signedNote.ts';

/** What a log says of itself at one size. */
export interface Checkpoint {
  readonly treeSize: number;
  readonly rootHash: Buffer;
}

/** A checkpoint and the signed note that says it. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: string;
}

/** Thrown when a validly signed note does not hold a checkpoint of this log. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** A signed checkpoint (https://c2sp.org/tlog-checkpoint): origin, size and root, signed in the name of the origin. */
export function signCheckpoint({ treeSize, rootHash }: Checkpoint, signer: NoteSigner): string {
  return signNote(`${signer.name}\n${treeSize}\n${rootHash.toString('base64')}\n`, signer);
}

/** Reads a checkpoint and checks its signature and origin. Throws NoteError or CheckpointError. */
export function openCheckpoint(note: string, verifier: NoteVerifier): Checkpoint {
  const [origin, size = '', root = ''] = openNote(note, verifier).split('\n');
  if (origin !== verifier.name) throw new CheckpointError('the checkpoint is of another log');
  const treeSize = parseTreeSize(size);
  if (treeSize === undefined) throw new CheckpointError('the tree size is malformed');
  const rootHash = decodeBase64(root);
  if (rootHash?.length !== hashBytes) throw new CheckpointError('the root hash is malformed');
  return { treeSize, rootHash };
}

/** Entries of a tree from decimal digits without leading zeroes; undefined for anything else. */
export function parseTreeSize(text: string): number | undefined {
  const treeSize = Number(text);
  return /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(treeSize) ? treeSize : undefined;
}
