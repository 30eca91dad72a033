import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { NodeId } from '../domain/merkleTree.ts';

/** An entry as a reader gets it. */
export interface LoggedEntry {
  readonly index: number;
  readonly actorId: string | null;
  readonly leaf: Buffer;
  readonly leafHash: Buffer;
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
  /** The newest checkpoint, or that of a given size. */
  checkpoint(treeSize?: number): Promise<SignedCheckpoint | undefined>;
  entry(index: number): Promise<LoggedEntry | undefined>;
  entries(filter: EntryFilter): Promise<readonly LoggedEntry[]>;
  /** Hashes of complete subtrees in the order asked for; throws when one is not there. */
  hashesOf(nodes: readonly NodeId[]): Promise<readonly Buffer[]>;
}
