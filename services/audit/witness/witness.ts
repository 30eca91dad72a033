import {
  type AddCheckpointRequest,
  type Checkpoint,
  CheckpointError,
  type Cosigner,
  cosign,
  emptyFrontier,
  NoteError,
  type NoteVerifier,
  noteSignedBy,
  openCheckpoint,
  openWitnessStore,
  parseAddCheckpoint,
  rootHashOf,
  textOfNote,
  treeSizeContentType,
  verifyConsistency,
  WitnessProtocolError,
} from '@todo-chatbot/transparency-log';
import type { CheckpointStore } from './checkpointStore.ts';
import { log as writeLog } from './log.ts';

/** What goes back to who asked. */
export interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

/** Remembers the last checkpoint of one log, and cosigns a new one only when that log provably continues it. */
export interface Witness {
  /** Answers a body of `POST /add-checkpoint` (C2SP tlog-witness). Once it throws, its store cannot be relied on: the process must end. */
  addCheckpoint(body: string): Promise<Answer>;
  /** The last note that it cosigned; undefined before the first. */
  cosignedNote(): string | undefined;
}

/** A checkpoint as the log signed it, with what it is held against. */
interface Claim extends AddCheckpointRequest {
  readonly checkpoint: Checkpoint;
}

const text = 'text/plain; charset=utf-8';
const emptyTree: Checkpoint = { treeSize: 0, rootHash: rootHashOf(emptyFrontier) };

/** Starts from what the store remembers. Throws when the store is not one that this witness wrote for this log. */
export async function createWitness(options: {
  readonly log: NoteVerifier;
  readonly cosigner: Cosigner;
  readonly store: CheckpointStore;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}): Promise<Witness> {
  const { log, cosigner, store, now } = options;
  let stored = await store.read();
  let last = openWitnessStore(stored, { log, witness: cosigner });
  // Requests one after the other: what a request is held against must not change before its own checkpoint is stored.
  let turn: Promise<unknown> = Promise.resolve();

  async function decide(claim: Claim): Promise<Answer> {
    const refusal = refusalOf(claim, last ?? emptyTree);
    if (refusal) return refusal;
    // A clock that was set back must not make an older, shorter log look newer than this one.
    const timeSeconds = Math.max(Math.floor(now() / 1000), last?.timeSeconds ?? 0);
    const line = cosign(claim.note, cosigner, timeSeconds);
    // Lines of other keys are left out: a false one in our own name would make the store unreadable.
    const note = noteSignedBy(claim.note, log) + line;
    await store.replace(stored, note);
    stored = note;
    last = { ...claim.checkpoint, note, timeSeconds };
    return { status: 200, contentType: text, body: line };
  }

  return {
    async addCheckpoint(body) {
      const claim = readClaim(body, log);
      if ('status' in claim) return claim;
      const decided = turn.then(() => decide(claim));
      turn = decided.catch(() => undefined);
      return await decided;
    },
    cosignedNote: () => last?.note,
  };
}

/** What the log signed, or the answer to a request that says nothing that the log signed. */
function readClaim(body: string, log: NoteVerifier): Claim | Answer {
  try {
    const request = parseAddCheckpoint(body);
    const [origin] = textOfNote(request.note).split('\n');
    if (origin !== log.name) return answer(404, 'the log is not known here');
    const checkpoint = openIfSigned(request.note, log);
    if (!checkpoint) return answer(403, "the checkpoint is not signed by the log's key");
    if (request.oldSize > checkpoint.treeSize) return answer(400, 'the old size is larger than the checkpoint');
    return { ...request, checkpoint };
  } catch (error) {
    if (error instanceof WitnessProtocolError || error instanceof NoteError || error instanceof CheckpointError) {
      return answer(400, error.message);
    }
    throw error;
  }
}

function openIfSigned(note: string, log: NoteVerifier): Checkpoint | undefined {
  try {
    return openCheckpoint(note, log);
  } catch (error) {
    if (error instanceof NoteError) return undefined;
    throw error;
  }
}

/** Why a checkpoint is not cosigned; undefined when it continues the last one. */
function refusalOf({ oldSize, proof, checkpoint }: Claim, last: Checkpoint): Answer | undefined {
  if (oldSize !== last.treeSize) return conflict(last);
  if (checkpoint.treeSize === last.treeSize && !checkpoint.rootHash.equals(last.rootHash)) {
    reportFork('the log signed two trees of one size', checkpoint);
    return conflict(last);
  }
  if (oldSize === 0)
    return proof.length === 0 ? undefined : answer(422, 'from the empty tree there is nothing to prove');
  const isConsistent = verifyConsistency({
    earlierSize: oldSize,
    laterSize: checkpoint.treeSize,
    earlierRoot: last.rootHash,
    laterRoot: checkpoint.rootHash,
    path: proof,
  });
  if (isConsistent) return undefined;
  reportFork('a checkpoint is not proven to continue the last one', checkpoint);
  return answer(422, 'the checkpoint is not proven to continue the last one');
}

function conflict({ treeSize }: Checkpoint): Answer {
  return { status: 409, contentType: treeSizeContentType, body: `${treeSize}\n` };
}

function answer(status: Answer['status'], reason: string): Answer {
  return { status, contentType: text, body: `${reason}\n` };
}

/** The log's signature is on it: this line, with the checkpoint that was cosigned, tells of a log that has two histories. */
function reportFork(message: string, { treeSize, rootHash }: Checkpoint): void {
  writeLog('error', message, { treeSize, rootHash: rootHash.toString('base64') });
}
