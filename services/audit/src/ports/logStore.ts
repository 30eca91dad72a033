import type { RetentionClass } from '@todo-chatbot/contracts';
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

/** Which bodies a run of the retention takes, at most `most` of them, oldest first. */
export interface BodyRemovalOrder {
  readonly retentionClass: RetentionClass;
  /** Those that happened and were stored before. */
  readonly before: Date;
  readonly runId: string;
  readonly most: number;
}

/** What is left of an entry when its body goes, and that body for a last look. */
export interface RemovedBody {
  readonly index: number;
  readonly eventId: string;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

/** The log as its only writer sees it, within one transaction. */
export interface LogTransaction {
  /** The newest checkpoint; undefined before the first. */
  head(): Promise<SignedCheckpoint | undefined>;
  /** Hashes of tiles; throws when one is not there. */
  tiles(ids: readonly TileId[]): Promise<ReadonlyMap<TileId, Buffer>>;
  /** Those of the events that are in the log already, with their bodies; null once the body was removed. */
  knownEvents(eventIds: readonly string[]): Promise<ReadonlyMap<string, Buffer | null>>;
  /** Removes bodies, in the order of their index. Throws when the store keeps bodies of the class for longer. */
  removeBodies(order: BodyRemovalOrder): Promise<readonly RemovedBody[]>;
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
