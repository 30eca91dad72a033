import type { FullTile, SignedCheckpoint, TileId } from '@todo-chatbot/transparency-log';
import type { EncodedEntry } from '../domain/entry.ts';

/** What one transaction adds to the log. */
export interface LogAddition {
  readonly firstIndex: number;
  readonly entries: readonly EncodedEntry[];
  /** Those that the entries complete. */
  readonly tiles: readonly FullTile[];
  readonly checkpoint: SignedCheckpoint & { readonly createdAt: Date };
}

/** The log as its only writer sees it, within one transaction. */
export interface LogTransaction {
  /** The newest checkpoint; undefined before the first. */
  head(): Promise<SignedCheckpoint | undefined>;
  /** Hashes of tiles; throws when one is not there. */
  tiles(ids: readonly TileId[]): Promise<ReadonlyMap<TileId, Buffer>>;
  /** Those of the events that are in the log already, with their bodies; null once the body was removed. */
  knownEvents(eventIds: readonly string[]): Promise<ReadonlyMap<string, Buffer | null>>;
  add(addition: LogAddition): Promise<void>;
}

/** Where the log is kept. */
export interface LogStore {
  /**
   * Runs the work in one transaction while no other writer, in this process or another, is inside one. When the promise is
   * kept the addition is durable; when it is broken it may be durable all the same, because the answer to a commit can get lost.
   */
  asOnlyWriter<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T>;
}
