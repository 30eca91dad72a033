import type { AuditEntry } from '@todo-chatbot/contracts';
import { decodeBody } from '../domain/entry.ts';
import { asSeenBy } from '../domain/ownTrail.ts';
import type { IndexRange, TrailEntry, TrailReader, TrailSearch } from '../ports/trailReader.ts';
import type { OpenEntries } from './openEntries.ts';

/** Bytes of bodies in a page: with what is added to each, it stays below the 2 MiB that callers take as an answer. */
const maxPageBytes = 1_500_000;
/** Of an entry in an answer, beside its body: its hash, its keys. */
const bytesBesideBody = 400;

/** A page of a search, and the range in which the search goes on; null when this was the last page. */
export interface TrailPage {
  readonly items: AuditEntry[];
  readonly rest: IndexRange | null;
}

/** What a search reads from, and what opens the sealed fields that it finds. */
export interface SearchedTrail {
  readonly trail: Pick<TrailReader, 'entries'>;
  readonly openEntries: OpenEntries;
}

/**
 * A page of the trail as the person may see it. It may be shorter than `limit` though there is more, when the entries are long.
 * @throws ProblemError `upstream.unavailable` when a key cannot be had
 */
export async function searchTrail(
  { trail, openEntries }: SearchedTrail,
  search: Parameters<TrailReader['entries']>[0],
): Promise<TrailPage> {
  // One more than asked for tells whether there is another page.
  const found = await trail.entries({ ...search, limit: search.limit + 1 });
  const shown = found.slice(0, fittingCount(found.slice(0, search.limit)));
  const last = shown.at(-1);
  return {
    items: await asAuditEntries(shown, search.personId, openEntries),
    rest: last && shown.length < found.length ? restOf(search, last.index) : null,
  };
}

/**
 * Where a search begins. A person's own trail is found by whose it is, and times only leave some of it out: to look for their range first
 * would go through the log of all for anybody who asks for all times.
 */
export function rangeOfSearch(
  reader: Pick<TrailReader, 'rangeOf'>,
  { filter, personId }: TrailSearch,
): Promise<IndexRange> {
  return reader.rangeOf(personId === null ? filter : {});
}

function fittingCount(entries: readonly TrailEntry[]): number {
  let bytes = 0;
  const tooMuch = entries.findIndex(({ body }) => {
    bytes += body.length + bytesBesideBody;
    return bytes > maxPageBytes;
  });
  // A single entry always fits: a body has at most 64 KiB.
  return tooMuch === -1 ? entries.length : tooMuch;
}

function restOf({ range, order }: Parameters<TrailReader['entries']>[0], last: number): IndexRange {
  return order === 'newest-first' ? { from: range.from, to: last } : { from: last + 1, to: range.to };
}

/** Entries as a person may see them, null all of it, with sealed fields opened. @throws ProblemError `upstream.unavailable` */
export async function asAuditEntries(
  found: readonly TrailEntry[],
  personId: string | null,
  openEntries: OpenEntries,
): Promise<AuditEntry[]> {
  const entries = found.map(({ body }) => asSeenBy(personId, decodeBody(body)));
  const opened = await openEntries(entries);
  return found.map(({ index, leafHash }, place) => {
    const [entry, said] = [entries[place], opened[place]];
    if (!entry || !said) throw new Error('an entry is missing');
    return { index, eventId: entry.id, time: entry.time, leafHash: leafHash.toString('hex'), ...said };
  });
}
