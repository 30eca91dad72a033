import {
  appendToTiles,
  type Checkpoint,
  CheckpointError,
  emptyTiledFrontier,
  type FullTile,
  hashBytes,
  leafHashOf,
  NoteError,
  type NoteVerifier,
  openCheckpoint,
  rootOfFrontier,
  type SignedCheckpoint,
  splitTile,
  type TiledFrontier,
  tileWidth,
} from '@todo-chatbot/transparency-log';
import {
  type BodyRemoval,
  createRemovalDigest,
  type RemovalDigest,
  readBodyRemoval,
  removeBodiesAction,
} from './bodyRemoval.ts';
import { type BodyColumns, columnsOfBody, EntryError, isCommitment } from './entry.ts';

/** An entry as it is stored. */
export interface StoredEntry {
  readonly index: number;
  readonly eventId: string;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
  /** `time` has microseconds here, so that a change below the millisecond is seen too. Null when there is no body. */
  readonly body: { readonly bytes: Buffer; readonly columns: BodyColumns } | null;
  /** The run of the retention that is said to have removed the body. */
  readonly removedBy: string | null;
}

/** A view of a whole log that does not change while it is read. */
export interface StoredLog {
  /** Name of a table that is none, or that shows not everybody the same: a view, rules, row-level security. */
  replacedTable(): Promise<string | undefined>;
  /** In the order of their index. */
  entries(): AsyncIterable<StoredEntry>;
  /** Full tiles in the order in which the entries complete them; those that the entries do not complete come last. */
  tiles(): AsyncIterable<FullTile>;
  /** In the order of their tree size. */
  checkpoints(): AsyncIterable<SignedCheckpoint>;
  /** Index of an entry whose event id an earlier entry has already. */
  repeatedEvent(): Promise<number | undefined>;
  /** Index of a body, or of the removal of one, that has no entry. */
  surplusBody(): Promise<number | undefined>;
}

/** What can be wrong with a log. README.md of the service says what each means and what to do. */
export const faultKinds = [
  'table-replaced',
  'row-malformed',
  'entry-missing',
  'entry-unexpected',
  'leaf-hash-mismatch',
  'body-missing',
  'body-mismatch',
  'body-malformed',
  'body-unexpected',
  'column-mismatch',
  'removal-mismatch',
  'event-repeated',
  'tile-missing',
  'tile-unexpected',
  'tile-mismatch',
  'checkpoint-missing',
  'checkpoint-not-signed',
  'checkpoint-column-mismatch',
  'checkpoint-root-mismatch',
  'history-truncated',
  'history-rewritten',
] as const;
export type FaultKind = (typeof faultKinds)[number];

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
 * Derives everything anew from the entries and holds it against what is stored: bodies, columns, leaf hashes, each tile, each
 * checkpoint's root and signature. `earlier` are checkpoints remembered from before, of which this log must be a continuation:
 * only they show a tail cut off together with its checkpoints, or a second history signed with the right key.
 * Holds a few hundred entries in memory, however long the log is, and a hash for each run of the retention whose entry is still to come.
 */
export async function verifyLog(
  log: StoredLog,
  options: { readonly verifier: NoteVerifier; readonly earlier?: readonly Checkpoint[] | undefined },
): Promise<Verdict> {
  return await verdictOf(async () => {
    const frontier = await deriveAndCompare(log, options.verifier, options.earlier ?? []);
    return { ok: true, size: frontier.size, rootHash: rootOfFrontier(frontier) };
  });
}

/** What a verification comes to: the fault that ended it is its verdict. */
export async function verdictOf(verification: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await verification();
  } catch (error) {
    if (error instanceof LogFaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}

async function deriveAndCompare(
  log: StoredLog,
  verifier: NoteVerifier,
  remembered: readonly Checkpoint[],
): Promise<TiledFrontier> {
  const tiles = lookaheadOf(log.tiles());
  const checkpoints = lookaheadOf(log.checkpoints());
  const removals = createRemovalCheck();
  const earlier = remembered.toSorted((a, b) => a.treeSize - b.treeSize);
  // The size of the last remembered checkpoint that this log continues.
  let continued = 0;
  let frontier = emptyTiledFrontier;
  let pending: Buffer[] = [];
  // The size of the last checkpoint that was found sound: everything before this index is vouched for.
  let vouchedFor: number | undefined;

  async function appendPending(): Promise<void> {
    const appended = appendToTiles(frontier, pending);
    for (const tile of appended.tiles) checkTile(await tiles.take(), tile);
    frontier = appended.frontier;
    pending = [];
  }

  /** Compares with everything that speaks of the tree of just this size. */
  async function compareCheckpoints(): Promise<void> {
    const size = frontier.size + pending.length;
    const next = await checkpoints.peek();
    if (next?.treeSize !== size && earlier[0]?.treeSize !== size) return;
    await appendPending();
    for (; earlier[0]?.treeSize === size; earlier.shift()) {
      compareWithEarlier(frontier, earlier[0], continued);
      continued = size;
    }
    for (let stored = next; stored?.treeSize === size; stored = await checkpoints.peek()) {
      checkSignature(stored, { verifier, vouchedFor: vouchedFor ?? 0 });
      if (!stored.rootHash.equals(rootOfFrontier(frontier))) {
        throw rootMismatch(stored, { frontier, tile: await tiles.peek(), vouchedFor: vouchedFor ?? 0 });
      }
      vouchedFor = size;
      await checkpoints.take();
    }
  }

  const replaced = await log.replacedTable();
  if (replaced !== undefined) {
    throw new LogFaultError('table-replaced', 0, `${replaced} is no plain table that shows everybody the same rows`);
  }
  await compareCheckpoints();
  for await (const entry of log.entries()) {
    checkEntry(entry, frontier.size + pending.length);
    removals.check(entry);
    pending.push(entry.leafHash);
    if (pending.length === tileWidth) await appendPending();
    await compareCheckpoints();
  }
  await appendPending();
  await checkEnd({ frontier, vouchedFor, earlier, tiles, checkpoints, log });
  removals.checkEnd();
  return frontier;
}

function checkEntry(entry: StoredEntry, expectedIndex: number): void {
  const fail = (kind: FaultKind, detail: string) => new LogFaultError(kind, expectedIndex, detail);
  if (entry.index > expectedIndex) throw fail('entry-missing', `the next entry has index ${entry.index}`);
  if (entry.index < expectedIndex) {
    throw new LogFaultError('entry-unexpected', Math.max(entry.index, 0), `an entry too many has index ${entry.index}`);
  }
  if (!leafHashOf(entry.leaf).equals(entry.leafHash)) {
    throw fail('leaf-hash-mismatch', 'the stored leaf hash is not that of the leaf');
  }
  if (entry.body) checkBody(entry, entry.body);
}

function checkBody({ leaf, index, eventId }: StoredEntry, { bytes, columns }: NonNullable<StoredEntry['body']>): void {
  if (!isCommitment(leaf, bytes)) throw new LogFaultError('body-mismatch', index, 'the leaf is of another body');
  const said = readColumns(bytes, index);
  const inBody = { ...said, time: said.time.replace('Z', '000Z') };
  const stored = { ...columns, eventId };
  for (const column of Object.keys(inBody) as (keyof typeof inBody)[]) {
    if (stored[column] !== inBody[column])
      throw new LogFaultError('column-mismatch', index, `${column} is not what the body says`);
  }
}

function readColumns(body: Buffer, index: number) {
  try {
    return columnsOfBody(body);
  } catch (error) {
    if (error instanceof EntryError) throw new LogFaultError('body-malformed', index, error.fault);
    throw error;
  }
}

function checkTile(stored: FullTile | undefined, expected: FullTile): void {
  const { level, index } = expected;
  const entriesPerHash = tileWidth ** level;
  const first = index * tileWidth * entriesPerHash;
  if (stored?.level !== level || stored.index !== index) {
    throw new LogFaultError('tile-missing', first, `tile ${level}/${index} is not stored`);
  }
  for (let place = 0; place < tileWidth; place += 1) {
    const [from, to] = [place * hashBytes, (place + 1) * hashBytes];
    if (!stored.hashes.subarray(from, to).equals(expected.hashes.subarray(from, to))) {
      const detail = `hash ${place} of tile ${level}/${index} is not that of what is below it`;
      throw new LogFaultError('tile-mismatch', first + place * entriesPerHash, detail);
    }
  }
  if (stored.hashes.length !== expected.hashes.length || !stored.rootHash.equals(expected.rootHash)) {
    throw new LogFaultError('tile-mismatch', first, `tile ${level}/${index} has another root or length`);
  }
}

function checkSignature(
  stored: SignedCheckpoint,
  { verifier, vouchedFor }: { readonly verifier: NoteVerifier; readonly vouchedFor: number },
): void {
  const place = `the checkpoint of size ${stored.treeSize}`;
  const signed = openStored(stored, verifier);
  if (signed instanceof Error) {
    throw new LogFaultError('checkpoint-not-signed', vouchedFor, `${place}: ${signed.message}`);
  }
  if (signed.treeSize !== stored.treeSize || !signed.rootHash.equals(stored.rootHash)) {
    throw new LogFaultError('checkpoint-column-mismatch', vouchedFor, `${place} says otherwise in its signed note`);
  }
}

function openStored({ note }: SignedCheckpoint, verifier: NoteVerifier): Checkpoint | NoteError | CheckpointError {
  try {
    return openCheckpoint(note, verifier);
  } catch (error) {
    if (error instanceof NoteError || error instanceof CheckpointError) return error;
    throw error;
  }
}

/**
 * What was signed is not what the entries say. Where the tile that they will complete holds what was signed, it tells which entry has
 * changed; otherwise all that is known is the batch.
 */
function rootMismatch(
  signed: Checkpoint,
  options: { readonly frontier: TiledFrontier; readonly tile: FullTile | undefined; readonly vouchedFor: number },
): LogFaultError {
  const { frontier, tile, vouchedFor } = options;
  const [partial = [], ...above] = frontier.edge;
  const first = frontier.size - partial.length;
  const place = `the checkpoint of size ${frontier.size} was signed over other entries`;
  if (tile?.level === 0 && tile.index * tileWidth === first && tile.hashes.length === tileWidth * hashBytes) {
    const inTile = splitTile(tile.hashes, tileWidth).slice(0, partial.length);
    if (rootOfFrontier({ size: frontier.size, edge: [inTile, ...above] }).equals(signed.rootHash)) {
      const changed = first + partial.findIndex((hash, offset) => !inTile[offset]?.equals(hash));
      return new LogFaultError('checkpoint-root-mismatch', changed, `${place}; entry ${changed} has changed`);
    }
  }
  const last = Math.max(frontier.size - 1, 0);
  const detail = `${place}; one of ${vouchedFor} to ${last} has changed`;
  return new LogFaultError('checkpoint-root-mismatch', vouchedFor, detail);
}

/**
 * Holds missing bodies against the runs that are said to have removed them: the run's entry has to come later in the log, and to speak of
 * just these entries. A run is forgotten once its entry has been read, so what is kept does not grow with the log.
 */
function createRemovalCheck() {
  const open = new Map<string, { readonly firstIndex: number; count: number; readonly digest: RemovalDigest }>();

  function removed({ index, eventId }: StoredEntry, runId: string): void {
    const run = open.get(runId) ?? { firstIndex: index, count: 0, digest: createRemovalDigest() };
    open.set(runId, run);
    run.count += 1;
    run.digest.add({ index, eventId });
  }

  function settle(said: BodyRemoval, index: number): void {
    const run = open.get(said.runId);
    open.delete(said.runId);
    if (run?.count === said.count && run.digest.hex() === said.digest) return;
    const first = Math.min(run?.firstIndex ?? index, said.firstIndex);
    const detail = `entry ${index} accounts for ${said.count} removed bodies, which are not those of run ${said.runId}`;
    throw new LogFaultError('removal-mismatch', first, detail);
  }

  return {
    check(entry: StoredEntry): void {
      const { index, body, removedBy } = entry;
      if (!body) {
        if (removedBy === null) throw new LogFaultError('body-missing', index, 'the entry has no body');
        removed(entry, removedBy);
        return;
      }
      if (removedBy !== null) throw new LogFaultError('body-unexpected', index, 'the body is said to be removed');
      const said = body.columns.action === removeBodiesAction ? readBodyRemoval(body.bytes) : undefined;
      if (said) settle(said, index);
    },
    checkEnd(): void {
      const index = Math.min(...[...open.values()].map(({ firstIndex }) => firstIndex));
      if (Number.isFinite(index)) throw new LogFaultError('body-missing', index, 'no later entry accounts for it');
    },
  };
}

function compareWithEarlier(frontier: TiledFrontier, earlier: Checkpoint, continued: number): void {
  if (rootOfFrontier(frontier).equals(earlier.rootHash)) return;
  const detail = `the first ${earlier.treeSize} entries are not those of the remembered checkpoint`;
  throw new LogFaultError('history-rewritten', continued, detail);
}

/** What must hold when all entries have been read. */
async function checkEnd(options: {
  readonly frontier: TiledFrontier;
  readonly vouchedFor: number | undefined;
  readonly earlier: readonly Checkpoint[];
  readonly tiles: Lookahead<FullTile>;
  readonly checkpoints: Lookahead<SignedCheckpoint>;
  readonly log: StoredLog;
}): Promise<void> {
  const { frontier, vouchedFor, earlier, tiles, checkpoints, log } = options;
  const { size } = frontier;
  const beyond = await checkpoints.peek();
  if (beyond) {
    throw new LogFaultError('entry-missing', size, `a checkpoint of size ${beyond.treeSize} is stored`);
  }
  // What is left of the remembered ones is larger than the log.
  const [longer] = earlier;
  if (longer) throw new LogFaultError('history-truncated', size, `a remembered checkpoint has size ${longer.treeSize}`);
  const surplus = await tiles.take();
  if (surplus) {
    throw new LogFaultError('tile-unexpected', size, `tile ${surplus.level}/${surplus.index} has no place in the tree`);
  }
  // Even the empty log has its checkpoint.
  if (vouchedFor !== size) {
    throw new LogFaultError('checkpoint-missing', vouchedFor ?? 0, `no checkpoint of size ${size} is stored`);
  }
  const repeated = await log.repeatedEvent();
  if (repeated !== undefined) {
    throw new LogFaultError('event-repeated', repeated, 'an earlier entry has the same event id');
  }
  const surplusBody = await log.surplusBody();
  if (surplusBody !== undefined) throw new LogFaultError('body-unexpected', surplusBody, 'there is no such entry');
}

/** The items of an iterable one by one, with a look at the next. */
export interface Lookahead<T> {
  peek(): Promise<T | undefined>;
  take(): Promise<T | undefined>;
}

/** Undefined at the end. */
export function lookaheadOf<T>(iterable: AsyncIterable<T>): Lookahead<T> {
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
