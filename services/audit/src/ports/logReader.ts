import type { BundleId, SignedCheckpoint, TileId } from '@todo-chatbot/transparency-log';

/** An entry as a reader gets it. */
export interface LoggedEntry {
  readonly index: number;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
  /** Null once it was removed, because its time was over. */
  readonly body: Buffer | null;
}

/** Which entries a page shows; newest first. */
export interface EntryFilter {
  /** Only of this actor; null for all. */
  readonly actorId: string | null;
  readonly action: string | null;
  /** Only entries before this index; null from the newest. */
  readonly before: number | null;
  readonly limit: number;
}

/** Reads the log. */
export interface LogReader {
  /**
   * The newest published checkpoint, or before the first publication the newest signed one; or that of a given size. With the
   * witness's cosignature if it was published.
   */
  checkpoint(treeSize?: number): Promise<SignedCheckpoint | undefined>;
  /** The newest checkpoint that was signed, published or not. */
  signedCheckpoint(): Promise<SignedCheckpoint | undefined>;
  entry(index: number): Promise<LoggedEntry | undefined>;
  entries(filter: EntryFilter): Promise<readonly LoggedEntry[]>;
  /** Hashes of tiles; throws when one is not there. */
  tiles(ids: readonly TileId[]): Promise<ReadonlyMap<TileId, Buffer>>;
  /** Leaves of a bundle, in order; fewer when the log ends before. */
  leaves(bundle: BundleId): Promise<readonly Buffer[]>;
}
