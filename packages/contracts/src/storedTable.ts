import type { CategoryOfClass } from './annotation.ts';

/** How data are protected where they rest, beside the disk's and the database's own walls. */
export const protections = {
  sealed: 'Encrypted under a key of the person (AES-256-GCM); unreadable once the person’s data key is destroyed.',
  wrapped:
    'Encrypted under the master key, which no database or backup holds, or under a key of the service that it wraps (AES-256-GCM).',
  hashed: 'Kept as a hash that nobody can turn back or try guesses on without a key or great cost.',
  masked: 'Shortened before it is stored, such as j***@example.com or a network without its last part.',
  plain: 'Readable to whoever reads the table; the reason is given.',
} as const;
export type Protection = keyof typeof protections;

/** What a column or a topic holds that is not for everybody to see, and how it is kept from them. */
export type GuardedData =
  | {
      readonly category: CategoryOfClass<'confidential' | 'restricted'>;
      readonly protection: Exclude<Protection, 'plain'>;
      /** Where sealed bytes stand as base64 within JSON or text. Otherwise a sealed column is of bytes alone. */
      readonly form?: 'base64';
    }
  | {
      readonly category: CategoryOfClass<'confidential' | 'restricted'>;
      readonly protection: 'plain';
      /** Why it may be readable. */
      readonly why: string;
    };

/** What needs no guard is said by its category alone. */
export type StoredColumn = CategoryOfClass<'public' | 'internal'> | GuardedData;

/**
 * What an erasure does with a table: `deleted`, the rows of the person go; `expires`, rows live for days at most and go by themselves;
 * `nobody`, they are about nobody; or they stay, for the reason given.
 */
export type ErasureOfRows = 'deleted' | 'expires' | 'nobody' | { readonly stays: string };

/** A table of a service's database. */
export interface StoredTable {
  /** What its rows are, for the data map. */
  readonly about: string;
  /** Whether the archive of a person has their rows of it. Credentials are in no archive. */
  readonly isExported: boolean;
  readonly erasure: ErasureOfRows;
  readonly columns: Readonly<Record<string, StoredColumn>>;
}

/** What the events of a topic hold. */
export interface StoredTopic {
  readonly about: string;
  /** `null`: nothing of anybody but pseudonyms. */
  readonly holds: GuardedData | null;
}

/** Somewhere else where data rest: files, a browser. */
export interface StoredPlace {
  readonly about: string;
  /** `null`: nothing of anybody but pseudonyms. */
  readonly holds: GuardedData | null;
  readonly kept: string;
}

/** Columns of one category that needs no guard. */
export function columnsOf<Name extends string>(
  category: CategoryOfClass<'public' | 'internal'>,
  ...names: readonly Name[]
): Readonly<Record<string, StoredColumn>> {
  return Object.fromEntries(names.map((name) => [name, category]));
}
