import { type Checkpoint, CheckpointError, openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { columnsOfLeaf, type EntryColumns, EntryError } from './entry.ts';
import { appendLeaves, emptyFrontier, type Frontier, leafHashOf, rootHashOf, type TreeNode } from './merkleTree.ts';
import { NoteError, type NoteVerifier } from './signedNote.ts';

/** An entry as it is stored. `time` has microseconds here, so that a change below the millisecond is seen too. */
interface StoredEntry extends EntryColumns {
  readonly index: number;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
}

/** A view of a whole log that does not change while it is read. */
export interface StoredLog {
  /** In the order of their index. */
  entries(): AsyncIterable<StoredEntry>;
  /** Inner nodes in the order in which the entries complete them; those that the entries do not complete come last. */
  nodes(): AsyncIterable<TreeNode>;
  /** In the order of their tree size. */
  checkpoints(): AsyncIterable<SignedCheckpoint>;
  /** Index of an entry whose event id an earlier entry has already. */
  repeatedEvent(): Promise<number | undefined>;
}

/** What can be wrong with a log. README.md of the service says what each means and what to do. */
export type FaultKind =
  | 'row-malformed'
  | 'entry-missing'
  | 'entry-unexpected'
  | 'leaf-hash-mismatch'
  | 'leaf-malformed'
  | 'column-mismatch'
  | 'event-repeated'
  | 'node-missing'
  | 'node-unexpected'
  | 'node-hash-mismatch'
  | 'checkpoint-missing'
  | 'checkpoint-not-signed'
  | 'checkpoint-column-mismatch'
  | 'checkpoint-root-mismatch'
  | 'history-truncated'
  | 'history-rewritten';

/** The first fault found; `index` is the first entry that may be wrong, all before it are as they were signed. */
export interface Fault {
  readonly kind: FaultKind;
  readonly index: number;
  readonly detail: string;
}

/** What the verifier found. */
export type Verdict =
  | { readonly ok: true; readonly size: number; readonly rootHash: Buffer }
  | { readonly ok: false; readonly fault: Fault };

/** Ends a verification at its first fault. */
export class LogFaultError extends Error {
  override readonly name = 'LogFaultError';
  readonly fault: Fault;

  constructor(kind: FaultKind, index: number, detail: string) {
    super(`${kind} at index ${index}: ${detail}`);
    this.fault = { kind, index, detail };
  }
}

/**
 * Derives everything anew from the entries and holds it against what is stored: leaf hashes, columns, each inner node, each
 * checkpoint's root and signature. `earlier` is a checkpoint remembered from before, of which this log must be a continuation:
 * only that shows a tail cut off together with its checkpoints, or a second history signed with the right key.
 * Holds one row of each kind in memory, however long the log is.
 */
export async function verifyLog(
  log: StoredLog,
  options: { readonly verifier: NoteVerifier; readonly earlier?: Checkpoint | undefined },
): Promise<Verdict> {
  try {
    const frontier = await deriveAndCompare(log, options);
    return { ok: true, size: frontier.size, rootHash: rootHashOf(frontier) };
  } catch (error) {
    if (error instanceof LogFaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}

async function deriveAndCompare(
  log: StoredLog,
  { verifier, earlier }: { readonly verifier: NoteVerifier; readonly earlier?: Checkpoint | undefined },
): Promise<Frontier> {
  const nodes = lookaheadOf(log.nodes());
  const checkpoints = lookaheadOf(log.checkpoints());
  let frontier = emptyFrontier;
  // The size of the last checkpoint that was found sound: everything before this index is vouched for.
  let vouchedFor: number | undefined;

  async function compareCheckpoints(): Promise<void> {
    if (earlier?.treeSize === frontier.size) compareWithEarlier(frontier, earlier);
    for (let next = await checkpoints.peek(); next?.treeSize === frontier.size; next = await checkpoints.peek()) {
      checkCheckpoint(next, { frontier, verifier, vouchedFor: vouchedFor ?? 0 });
      vouchedFor = frontier.size;
      await checkpoints.take();
    }
  }

  await compareCheckpoints();
  for await (const entry of log.entries()) {
    checkEntry(entry, frontier.size);
    const appended = appendLeaves(frontier, [entry.leafHash]);
    frontier = appended.frontier;
    for (const expected of appended.nodes) checkNode(await nodes.take(), expected);
    await compareCheckpoints();
  }
  await checkEnd({ frontier, vouchedFor, earlier, nodes, checkpoints, log });
  return frontier;
}

function checkEntry(entry: StoredEntry, expectedIndex: number): void {
  const fail = (kind: FaultKind, detail: string) => new LogFaultError(kind, expectedIndex, detail);
  if (entry.index > expectedIndex) throw fail('entry-missing', `the next entry has index ${entry.index}`);
  if (entry.index < expectedIndex) throw fail('entry-unexpected', `an entry has index ${entry.index}`);
  if (!leafHashOf(entry.leaf).equals(entry.leafHash)) {
    throw fail('leaf-hash-mismatch', 'the stored leaf hash is not that of the leaf');
  }
  const columns = readColumns(entry);
  const inLeaf = { ...columns, time: columns.time.replace('Z', '000Z') };
  for (const column of ['eventId', 'time', 'actorId', 'action'] as const) {
    if (entry[column] !== inLeaf[column]) throw fail('column-mismatch', `${column} is not what the leaf says`);
  }
}

function readColumns({ leaf, index }: StoredEntry): EntryColumns {
  try {
    return columnsOfLeaf(leaf);
  } catch (error) {
    if (error instanceof EntryError) throw new LogFaultError('leaf-malformed', index, error.fault);
    throw error;
  }
}

function checkNode(stored: TreeNode | undefined, expected: TreeNode): void {
  const first = expected.index * 2 ** expected.level;
  const place = `node ${expected.level}/${expected.index} over the entries ${first} to ${first + 2 ** expected.level - 1}`;
  if (stored?.level !== expected.level || stored.index !== expected.index) {
    throw new LogFaultError('node-missing', first, `${place} is not stored`);
  }
  if (!stored.hash.equals(expected.hash)) {
    throw new LogFaultError('node-hash-mismatch', first, `${place} is not the hash of what is below it`);
  }
}

function checkCheckpoint(
  stored: SignedCheckpoint,
  { frontier, verifier, vouchedFor }: { frontier: Frontier; verifier: NoteVerifier; vouchedFor: number },
): void {
  const place = `the checkpoint of size ${stored.treeSize}`;
  const signed = readCheckpoint(stored, verifier, place);
  if (signed.treeSize !== stored.treeSize || !signed.rootHash.equals(stored.rootHash)) {
    throw new LogFaultError('checkpoint-column-mismatch', vouchedFor, `${place} says otherwise in its signed note`);
  }
  if (!signed.rootHash.equals(rootHashOf(frontier))) {
    const last = Math.max(frontier.size - 1, 0);
    throw new LogFaultError(
      'checkpoint-root-mismatch',
      vouchedFor,
      `${place} was signed over other entries; one of ${vouchedFor} to ${last} has changed`,
    );
  }
}

function readCheckpoint({ note, treeSize }: SignedCheckpoint, verifier: NoteVerifier, place: string): Checkpoint {
  try {
    return openCheckpoint(note, verifier);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) {
      throw new LogFaultError('checkpoint-not-signed', Math.max(treeSize - 1, 0), `${place}: ${error.message}`);
    }
    throw error;
  }
}

function compareWithEarlier(frontier: Frontier, earlier: Checkpoint): void {
  if (rootHashOf(frontier).equals(earlier.rootHash)) return;
  throw new LogFaultError(
    'history-rewritten',
    0,
    `the first ${earlier.treeSize} entries are not those of the remembered checkpoint`,
  );
}

/** What must hold when all entries have been read. */
async function checkEnd(options: {
  readonly frontier: Frontier;
  readonly vouchedFor: number | undefined;
  readonly earlier: Checkpoint | undefined;
  readonly nodes: Lookahead<TreeNode>;
  readonly checkpoints: Lookahead<SignedCheckpoint>;
  readonly log: StoredLog;
}): Promise<void> {
  const { frontier, vouchedFor, earlier, nodes, checkpoints, log } = options;
  const { size } = frontier;
  const beyond = await checkpoints.peek();
  if (beyond) {
    throw new LogFaultError('entry-missing', size, `a checkpoint of size ${beyond.treeSize} is stored`);
  }
  if (earlier && earlier.treeSize > size) {
    throw new LogFaultError('history-truncated', size, `the remembered checkpoint has size ${earlier.treeSize}`);
  }
  const surplus = await nodes.take();
  if (surplus) {
    throw new LogFaultError('node-unexpected', size, `node ${surplus.level}/${surplus.index} has no place in the tree`);
  }
  // Even the empty log has its checkpoint.
  if (vouchedFor !== size) {
    throw new LogFaultError('checkpoint-missing', vouchedFor ?? 0, `no checkpoint of size ${size} is stored`);
  }
  const repeated = await log.repeatedEvent();
  if (repeated !== undefined) {
    throw new LogFaultError('event-repeated', repeated, 'an earlier entry has the same event id');
  }
}

interface Lookahead<T> {
  peek(): Promise<T | undefined>;
  take(): Promise<T | undefined>;
}

function lookaheadOf<T>(iterable: AsyncIterable<T>): Lookahead<T> {
  const iterator = iterable[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | undefined;
  const peek = async () => {
    next ??= iterator.next();
    const result = await next;
    return result.done ? undefined : result.value;
  };
  return {
    peek,
    async take() {
      const value = await peek();
      if (value !== undefined) next = undefined;
      return value;
    },
  };
}
