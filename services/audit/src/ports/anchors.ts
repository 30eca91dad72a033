/** A published checkpoint on its way out of the database. */
export interface Anchored {
  readonly treeSize: number;
  /** With the cosignature. */
  readonly note: string;
  readonly publishedAt: Date;
}

/** A place outside of the database that remembers published checkpoints. */
export interface Anchor {
  /** For logs and metrics: `kafka`, `file`. */
  readonly name: string;
  /** Kept when the place has it for good. */
  write(checkpoint: Anchored): Promise<void>;
  close(): Promise<void>;
}
