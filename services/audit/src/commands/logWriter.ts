import type { Clock } from '@todo-chatbot/service-kit';
import {
  appendToTiles,
  edgeTiles,
  emptyTiledFrontier,
  frontierFromTiles,
  type NoteSigner,
  openCheckpoint,
  rootOfFrontier,
  type SignedCheckpoint,
  signCheckpoint,
  type TiledFrontier,
} from '@todo-chatbot/transparency-log';
import { type EncodedEntry, isSameEvent } from '../domain/entry.ts';
import type { LogStore, LogTransaction } from '../ports/logStore.ts';

/** Entries of one transaction: enough to share the cost of a commit, few enough to stay far below the statement time-out. */
export const maxEntriesPerTransaction = 2_000;
/** Entries that may wait for a transaction; beyond it callers are told to come back, so memory stays bounded. */
export const maxQueuedEntries = 20_000;

/**
 * What became of an entry: in the log now; in it before; or refused, because the log holds another entry under the same event id.
 */
type AppendOutcome = 'appended' | 'repeated' | 'conflicting';

/** Puts entries into the log. */
export interface LogWriter {
  /** Writes the checkpoint of the empty log if there is none yet, and checks that the log is ours. */
  start(): Promise<void>;
  /**
   * Appends all or nothing, in order, and answers once it is durable, with the outcome of each entry. Entries of callers that
   * wait at the same time share a transaction and a checkpoint. After a failure the caller may simply try again:
   * what did get in is then `repeated`.
   */
  append(entries: readonly EncodedEntry[]): Promise<readonly AppendOutcome[]>;
  /**
   * Appends what the work makes of the log, in the transaction that the work itself runs in: both take effect or neither. The work must
   * be short, because the log waits for it.
   */
  appendFrom(
    work: (transaction: LogTransaction) => Promise<readonly EncodedEntry[]>,
  ): Promise<readonly AppendOutcome[]>;
  /** Refuses new entries and waits for those accepted. */
  close(): Promise<void>;
}

/** Thrown when entries are not taken now: too many wait already, or the writer is closed. */
export class LogWriterBusyError extends Error {
  override readonly name = 'LogWriterBusyError';
}

/** Thrown when what is stored contradicts its own checkpoint, or was signed by another key: nothing is appended to such a log. */
export class LogDamagedError extends Error {
  override readonly name = 'LogDamagedError';
}

interface Waiting {
  readonly entries: readonly EncodedEntry[];
  resolve(outcomes: readonly AppendOutcome[]): void;
  reject(error: unknown): void;
}

/** The writer of a log. Each transaction adds entries, the tiles they complete and one signed checkpoint. */
export function createLogWriter(options: {
  readonly store: LogStore;
  readonly signer: NoteSigner;
  readonly clock: Clock;
}): LogWriter {
  const { store, signer, clock } = options;
  const queue: Waiting[] = [];
  let queuedEntries = 0;
  let draining: Promise<void> | undefined;
  let isClosed = false;
  // The right edge as of our last commit; forgotten whenever we cannot be sure that it is still the log's.
  let remembered: TiledFrontier | undefined;
  // Entries that the log had when we committed last; unlike the edge never forgotten.
  let committedSize = 0;

  async function currentFrontier(transaction: LogTransaction): Promise<TiledFrontier> {
    const head = await transaction.head();
    // An old backup, a tail cut off, or a trigger that undoes what was committed: whoever went on here would make a second history.
    if ((head?.treeSize ?? 0) < committedSize)
      throw new LogDamagedError('the log is shorter than when it was committed');
    if (!head) return emptyTiledFrontier;
    if (remembered?.size === head.treeSize && rootOfFrontier(remembered).equals(head.rootHash)) return remembered;
    return await loadFrontier(transaction, head, signer);
  }

  async function commit(
    work: (transaction: LogTransaction) => Promise<readonly EncodedEntry[]>,
  ): Promise<readonly AppendOutcome[]> {
    try {
      const { outcomes, frontier } = await store.asOnlyWriter(async (transaction) => {
        const entries = await work(transaction);
        const before = await currentFrontier(transaction);
        const known = await transaction.knownEvents(entries.map(({ eventId }) => eventId));
        const { fresh, outcomes } = sortOut(entries, known);
        if (fresh.length === 0) return { outcomes, frontier: before };
        const leafHashes = fresh.map(({ leafHash }) => leafHash);
        const { frontier, tiles } = appendToTiles(before, leafHashes);
        const checkpoint = { ...checkpointOf(frontier, signer), createdAt: clock.now() };
        await transaction.add({ firstIndex: before.size, entries: fresh, tiles, checkpoint });
        return { outcomes, frontier };
      });
      remembered = frontier;
      committedSize = Math.max(committedSize, frontier.size);
      return outcomes;
    } catch (error) {
      remembered = undefined;
      throw error;
    }
  }

  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let size = 0;
    for (let next = queue[0]; next; next = queue[0]) {
      if (batch.length > 0 && size + next.entries.length > maxEntriesPerTransaction) break;
      queue.shift();
      batch.push(next);
      size += next.entries.length;
    }
    queuedEntries -= size;
    return batch;
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch();
      try {
        const outcomes = await commit(async () => batch.flatMap(({ entries }) => entries));
        let from = 0;
        for (const { entries, resolve } of batch) {
          resolve(outcomes.slice(from, from + entries.length));
          from += entries.length;
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    draining = undefined;
  }

  return {
    async start() {
      await store.asOnlyWriter(async (transaction) => {
        const head = await transaction.head();
        if (head) {
          await loadFrontier(transaction, head, signer);
          return;
        }
        const checkpoint = { ...checkpointOf(emptyTiledFrontier, signer), createdAt: clock.now() };
        await transaction.add({ firstIndex: 0, entries: [], tiles: [], checkpoint });
      });
    },

    append(entries) {
      if (entries.length > maxEntriesPerTransaction) throw new RangeError('too many entries for one transaction');
      if (isClosed) return Promise.reject(new LogWriterBusyError('the log writer is closed'));
      if (queuedEntries + entries.length > maxQueuedEntries) {
        return Promise.reject(new LogWriterBusyError('too many entries wait for the log'));
      }
      return new Promise((resolve, reject) => {
        queue.push({ entries, resolve, reject });
        queuedEntries += entries.length;
        draining ??= drain();
      });
    },

    async appendFrom(work) {
      if (isClosed) throw new LogWriterBusyError('the log writer is closed');
      return await commit(work);
    },

    async close() {
      isClosed = true;
      await draining;
    },
  };
}

function checkpointOf(frontier: TiledFrontier, signer: NoteSigner): SignedCheckpoint {
  const checkpoint = { treeSize: frontier.size, rootHash: rootOfFrontier(frontier) };
  return { ...checkpoint, note: signCheckpoint(checkpoint, signer) };
}

/** Reads the right edge of the tree and holds it against the newest checkpoint. */
async function loadFrontier(
  transaction: LogTransaction,
  head: SignedCheckpoint,
  signer: NoteSigner,
): Promise<TiledFrontier> {
  const frontier = frontierFromTiles(head.treeSize, await transaction.tiles(edgeTiles(head.treeSize)));
  const signed = openCheckpoint(head.note, signer);
  const isSound = signed.treeSize === head.treeSize && signed.rootHash.equals(rootOfFrontier(frontier));
  if (!isSound) throw new LogDamagedError('the newest checkpoint does not fit the tree');
  return frontier;
}

/** Which entries are new; the first of several under one event id counts. */
function sortOut(
  entries: readonly EncodedEntry[],
  known: ReadonlyMap<string, Buffer | null>,
): { readonly fresh: readonly EncodedEntry[]; readonly outcomes: readonly AppendOutcome[] } {
  const seen = new Map(known);
  const fresh: EncodedEntry[] = [];
  const outcomes = entries.map((entry): AppendOutcome => {
    const earlier = seen.get(entry.eventId);
    // A body that was removed is months old: nobody but us can deliver its event again.
    if (earlier === null) return 'repeated';
    if (earlier) return isSameEvent(earlier, entry.body) ? 'repeated' : 'conflicting';
    seen.set(entry.eventId, entry.body);
    fresh.push(entry);
    return 'appended';
  });
  return { fresh, outcomes };
}
