import type { AddCheckpointRequest } from '@todo-chatbot/transparency-log';

/**
 * What a witness says. `cosigned`: signature lines. `conflict`: the size of the checkpoint that it cosigned last is not the old size,
 * or it knows another tree of that size. `refused`: the checkpoint does not continue that one, or is not one of a log it knows.
 */
export type WitnessAnswer =
  | { readonly outcome: 'cosigned'; readonly lines: string }
  | { readonly outcome: 'conflict'; readonly treeSize: number }
  | { readonly outcome: 'refused'; readonly status: number };

/** A witness of the log (C2SP tlog-witness). */
export interface Witness {
  /** Rejects when there is no answer in time, or none that the protocol knows. */
  addCheckpoint(request: AddCheckpointRequest): Promise<WitnessAnswer>;
  close(): void;
}
