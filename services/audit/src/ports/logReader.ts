import type { BundleId, SignedCheckpoint, TileId } from '@todo-chatbot/transparency-log';

/** An entry as a reader gets it. */
export interface LoggedEntry {
  readonly index: number;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
  /** Null once it was removed, because its time was over. */
  readonly body: Buffer | null;
}

/** An act of a service on an object. */
export interface ActOnObject {
  readonly service: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
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
  /** The newest checkpoint that was published, with the witness's cosignature; undefined before the first one. */
  publishedCheckpoint(): Promise<SignedCheckpoint | undefined>;
  /** The first entry of an act that succeeded, while it has its body. */
  entryOf(act: ActOnObject): Promise<LoggedEntry | undefined>;
  entry(index: number): Promise<LoggedEntry | undefined>;
  /** Hashes of tiles; throws when one is not there. */
  tiles(ids: readonly TileId[]): Promise<ReadonlyMap<TileId, Buffer>>;
  /** Leaves of a bundle, in order; fewer when the log ends before. */
  leaves(bundle: BundleId): Promise<readonly Buffer[]>;
}
