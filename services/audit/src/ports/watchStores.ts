import type { AppId } from '@todo-chatbot/contracts';
import type { Checkpoint } from '@todo-chatbot/transparency-log';
import type { HeardService } from '../domain/silence.ts';

/** Runs a job only while no other replica is at it; false when another one is. */
export type RunAlone = (work: () => Promise<void>) => Promise<boolean>;

/** Who was heard when. */
export interface HeartbeatStore {
  /** Times only go forward; whoever was heard anew is not silent any more. */
  record(heard: ReadonlyMap<AppId, Date>): Promise<void>;
  all(): Promise<readonly HeardService[]>;
  /** Leaves out those that were heard meanwhile. */
  markReported(services: readonly HeardService[], reportedAs: 'service' | 'all'): Promise<void>;
}

/** Messages of one partition of a dead-letter topic, as offsets: from `first` up to, and without, `end`. */
export interface PartitionRange {
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly end: number;
}

/** Looks at how far dead-letter topics have grown, and at nothing else of them. */
export interface DeadLetterRanges {
  /** `unread`: topics that did not answer. */
  read(): Promise<{ readonly ranges: readonly PartitionRange[]; readonly unread: readonly string[] }>;
}

/** Where the dead-letter topics ended when we looked last. */
export interface DeadLetterPositions {
  all(): Promise<readonly Omit<PartitionRange, 'first'>[]>;
  save(ranges: readonly PartitionRange[]): Promise<void>;
}

/** Trees of the log that were found sound. */
export interface VerifiedTrees {
  newest(): Promise<Checkpoint | undefined>;
  add(tree: Checkpoint & { readonly verifiedAt: Date }): Promise<void>;
}

/** Bodies of the log, for the scan. */
export interface ScannedBodies {
  /** Index of the first one that was not scanned yet. */
  next(): Promise<number>;
  /** In the order of their index; empty at the end. */
  from(index: number, limit: number): Promise<readonly { readonly index: number; readonly body: Buffer }[]>;
  /** All before the index are scanned. */
  moveTo(index: number): Promise<void>;
}

/** How far a log file was scanned. */
export interface LogPosition {
  readonly name: string;
  /** By its first bytes a file is known again after it was rotated. */
  readonly prefixLength: number;
  /** SHA-256 in hexadecimal digits. */
  readonly prefixHash: string;
  readonly nextOffset: number;
}

/** How far log files were scanned. */
export interface LogPositions {
  all(): Promise<readonly LogPosition[]>;
  /** Replaces all that are known. */
  replace(positions: readonly LogPosition[]): Promise<void>;
}

/** A folder of log files. */
export interface LogFiles {
  /** Of the regular files in it and below it, in order. */
  names(): Promise<readonly string[]>;
  /**
   * Hands over the lines that were added to a file since it was scanned last, under this name or another, and answers how far it is
   * scanned now; undefined when there is nothing in it, or no such file any more. A line that is not complete is left for the next time,
   * unless `isFinal`.
   */
  readNewLines(options: {
    readonly name: string;
    readonly known: readonly LogPosition[];
    readonly maxBytes: number;
    readonly isFinal?: boolean;
    readonly onLine: (line: string) => void;
  }): Promise<{ readonly position: LogPosition; readonly bytes: number } | undefined>;
}
