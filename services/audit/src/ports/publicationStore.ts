import type { SignedCheckpoint, TileId } from '@todo-chatbot/transparency-log';

/** The published checkpoint of the largest tree. */
export interface PublishedCheckpoint {
  readonly treeSize: number;
  readonly publishedAt: Date;
}

/** A checkpoint that the witness has cosigned. */
export interface Publication extends PublishedCheckpoint {
  /** With the cosignature. */
  readonly note: string;
}

/** The log as its only publisher sees it. */
export interface PublicationTransaction {
  /** The newest checkpoint that was signed; undefined before the first. */
  signed(): Promise<SignedCheckpoint | undefined>;
  /** The newest one that was published; undefined before the first. */
  published(): Promise<PublishedCheckpoint | undefined>;
  /** Hashes of tiles; throws when one is not there. */
  tiles(ids: readonly TileId[]): Promise<ReadonlyMap<TileId, Buffer>>;
  add(publication: Publication): Promise<void>;
}

/** Where it is kept what has been published. */
export interface PublicationStore {
  /**
   * Runs the work in one transaction, unless another publisher, in this process or another, is inside one: then it does nothing
   * and gives undefined. The work must not take longer than a transaction may.
   */
  asOnlyPublisher<T>(work: (transaction: PublicationTransaction) => Promise<T>): Promise<T | undefined>;
  /** When what some of the entries from `from` up to, not including, `to` say happened; spread over all of them, at most `limit`. */
  timesOfSome(entries: {
    readonly from: number;
    readonly to: number;
    readonly limit: number;
  }): Promise<readonly Date[]>;
}
