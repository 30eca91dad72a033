import type { SignedCheckpoint } from '../domain/checkpoint.ts';
import type { EncodedEntry } from '../domain/entry.ts';
import type { NodeId, TreeNode } from '../domain/merkleTree.ts';

/** What one transaction adds to the log. */
export interface LogAddition {
  readonly firstIndex: number;
  readonly entries: readonly EncodedEntry[];
  readonly nodes: readonly TreeNode[];
  readonly checkpoint: SignedCheckpoint & { readonly createdAt: Date };
}

/** The log as its only writer sees it, within one transaction. */
export interface LogTransaction {
  /** The newest checkpoint; undefined before the first. */
  head(): Promise<SignedCheckpoint | undefined>;
  /** Hashes of complete subtrees, in the order asked for; throws when one is not there. */
  hashesOf(nodes: readonly NodeId[]): Promise<readonly Buffer[]>;
  /** Leaf hashes of those of the events that are in the log already. */
  knownEvents(eventIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
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
