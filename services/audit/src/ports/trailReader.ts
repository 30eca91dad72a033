import type { AuditFilter } from '@todo-chatbot/contracts';

/** Indexes of the log from `from` up to, and without, `to`. */
export interface IndexRange {
  readonly from: number;
  readonly to: number;
}

/** Which entries are asked for, and of whose trail. */
export interface TrailSearch {
  readonly filter: AuditFilter;
  /** Only the trail of this person: what they did, and what was done to their account. Null: everybody's. */
  readonly personId: string | null;
}

/** An entry whose body is still there. */
export interface TrailEntry {
  readonly index: number;
  readonly leafHash: Buffer;
  readonly body: Buffer;
}

/** Searches the bodies of the log. An entry whose body was removed is not found. */
export interface TrailReader {
  /** The narrowest range that holds all entries of these times; without times, the whole log as it is now. */
  rangeOf(times: Pick<AuditFilter, 'from' | 'to'>): Promise<IndexRange>;
  /** At most `limit` of the entries in the range, from its end or from its beginning. */
  entries(
    search: TrailSearch & {
      readonly range: IndexRange;
      readonly order: 'newest-first' | 'oldest-first';
      readonly limit: number;
    },
  ): Promise<readonly TrailEntry[]>;
  /** How many entries there are in the range; counts no further than `limit`. */
  count(search: TrailSearch & { readonly range: IndexRange; readonly limit: number }): Promise<number>;
  /** Body of the entry that an event became. */
  bodyOfEvent(eventId: string): Promise<Buffer | undefined>;
}
