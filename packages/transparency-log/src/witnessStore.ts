import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { type CosignatureVerifier, cosignatureTime } from './cosignature.ts';
import type { NoteVerifier } from './signedNote.ts';

/**
 * What a witness's store holds before its first checkpoint. It is said in words, because a store that is missing or empty is a
 * damaged one: a witness that begins anew without being told to would cosign a second history.
 */
export const emptyWitnessStore = 'no checkpoint has been cosigned yet\n';

/** The last checkpoint that a witness cosigned, and when, in seconds since 1970. */
export interface WitnessedCheckpoint extends SignedCheckpoint {
  readonly timeSeconds: number;
}

/**
 * Reads a witness's store; undefined before its first checkpoint. Both signatures are checked: the log's, and the witness's own,
 * which tells that nobody else wrote the file. Throws NoteError or CheckpointError.
 */
export function openWitnessStore(
  content: string,
  keys: { readonly log: NoteVerifier; readonly witness: CosignatureVerifier },
): WitnessedCheckpoint | undefined {
  if (content === emptyWitnessStore) return undefined;
  const timeSeconds = cosignatureTime(content, keys.witness);
  return { ...openCheckpoint(content, keys.log), note: content, timeSeconds };
}
