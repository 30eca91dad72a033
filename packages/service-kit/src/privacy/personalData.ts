import type { RawSql } from '../database/rawSql.ts';

/** One thing that a service holds of a person, as it stands in their archive: readable JSON, nothing sealed, no credential. */
export interface PersonalRecord {
  /** What it is: `task`, `booking`, `message`. */
  readonly kind: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Everything that a service holds of a person, in an order that does not change, read in pages (PRIV-3).
 * Throws rather than leave something out.
 */
export type CollectPersonalData = (personId: string) => AsyncIterable<PersonalRecord>;

/** Deletes what a service's own tables hold of a person, in the given transaction. Tells how many rows went, by what they were. */
export type DeleteRowsOfPerson = (tx: RawSql, userId: string) => Promise<Readonly<Record<string, number>>>;

/** What each service owes to a person: to hand out what it holds of them, and to erase it (PRIV-3, PRIV-4). */
export interface PersonalData {
  readonly collect: CollectPersonalData;
  readonly erase: DeleteRowsOfPerson;
}
