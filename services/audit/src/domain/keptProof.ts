import { proofExtraSchema } from '@todo-chatbot/contracts';
import {
  type Checkpoint,
  type CosignatureVerifier,
  cosignatureTime,
  decodeBase64,
  decodeProof,
  leafHashOf,
  type NoteVerifier,
  ProofError,
  verifyProof,
} from '@todo-chatbot/transparency-log';
import { isCommitment } from './entry.ts';
import { jsonOrUndefined } from './jsonOrUndefined.ts';

/** What a kept proof proves: the log that the checkpoint speaks of has this leaf at this index, and the leaf is of this body. */
export interface ProvenEntry {
  readonly index: number;
  readonly leaf: Buffer;
  /** Null when the file does not say what happened, because its time was over when it was made. */
  readonly body: Buffer | null;
  readonly checkpoint: Checkpoint;
}

/**
 * Verifies a proof as the API gives it to a person, with nothing but the log's key; with the witness's too, its checkpoint must be
 * cosigned. Throws ProofError, NoteError or CheckpointError.
 */
export function verifyKeptProof(text: string, verifier: NoteVerifier, witness?: CosignatureVerifier): ProvenEntry {
  const proof = decodeProof(text);
  if (!proof.extra) throw new ProofError('the proof does not carry its entry');
  const { leaf, body } = readExtra(proof.extra.toString());
  const checkpoint = verifyProof(proof, { leafHash: leafHashOf(leaf), verifier });
  if (witness) cosignatureTime(proof.checkpoint, witness);
  if (body && !isCommitment(leaf, body)) throw new ProofError('the leaf is of another body');
  return { index: proof.index, leaf, body, checkpoint };
}

function readExtra(text: string): { readonly leaf: Buffer; readonly body: Buffer | null } {
  const extra = proofExtraSchema.safeParse(jsonOrUndefined(text));
  // One spelling, so that no change of the file goes by.
  if (!extra.success || JSON.stringify(extra.data) !== text) throw new ProofError('the extra line holds no entry');
  const leaf = decodeBase64(extra.data.leaf);
  const body = extra.data.body === null ? null : decodeBase64(extra.data.body);
  if (!leaf || body === undefined) throw new ProofError('the entry is no base64');
  return { leaf, body };
}
