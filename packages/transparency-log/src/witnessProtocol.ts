import { parseTreeSize } from './checkpoint.ts';
import { hashBytes } from './merkleTree.ts';
import { decodeBase64 } from './signedNote.ts';

// C2SP tlog-witness: https://c2sp.org/tlog-witness
/** Lines of a consistency proof that a request may have; a tree of 2^63 entries needs no more. */
const maxProofLines = 63;

/** A request to cosign a checkpoint. */
export interface AddCheckpointRequest {
  /** Size of the tree that the witness cosigned last; 0 when it has cosigned none. */
  readonly oldSize: number;
  /** From the old size to that of the checkpoint (RFC 6962 section 2.1.2); empty from the size 0. */
  readonly proof: readonly Buffer[];
  /** The checkpoint as a signed note. */
  readonly note: string;
}

/** Content type of the size by which a witness refuses an old size that is not the one it knows. */
export const treeSizeContentType = 'text/x.tlog.size';

/** Thrown for a request that breaks the protocol. */
export class WitnessProtocolError extends Error {
  override readonly name = 'WitnessProtocolError';
}

/** Body of `POST <witness>/add-checkpoint`. */
export function encodeAddCheckpoint({ oldSize, proof, note }: AddCheckpointRequest): string {
  return `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;
}

/** Reads the body of `POST <witness>/add-checkpoint`; the note is taken as it is. Throws WitnessProtocolError. */
export function parseAddCheckpoint(body: string): AddCheckpointRequest {
  const border = body.indexOf('\n\n');
  if (border < 0) throw new WitnessProtocolError('the empty line is missing');
  const [first = '', ...lines] = body.slice(0, border).split('\n');
  const oldSize = parseTreeSize(/^old (.*)$/.exec(first)?.[1] ?? '');
  if (oldSize === undefined) throw new WitnessProtocolError('the old size is malformed');
  if (lines.length > maxProofLines) throw new WitnessProtocolError('the proof is too long');
  const proof = lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== hashBytes) throw new WitnessProtocolError('a line of the proof is not a hash');
    return hash;
  });
  return { oldSize, proof, note: body.slice(border + 2) };
}
