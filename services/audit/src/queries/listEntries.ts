import type { AuditEntry } from '@todo-chatbot/contracts';
import { decodeBody } from '../domain/entry.ts';
import type { EntryFilter, LoggedEntry, LogReader } from '../ports/logReader.ts';

/** A page of the trail, newest first. `next` is the index below which the next page begins, null on the last one. */
export async function listEntries(
  reader: LogReader,
  filter: EntryFilter,
): Promise<{ readonly items: AuditEntry[]; readonly next: number | null }> {
  // One more than asked for tells whether there is another page.
  const found = await reader.entries({ ...filter, limit: filter.limit + 1 });
  const shown = found.slice(0, filter.limit);
  const last = shown.at(-1);
  return { items: shown.flatMap(asAuditEntry), next: last && found.length > filter.limit ? last.index : null };
}

function asAuditEntry({ index, leafHash, body }: LoggedEntry): AuditEntry[] {
  // One whose body was removed since the page was asked for says nothing any more.
  if (!body) return [];
  const { id, time, event } = decodeBody(body);
  return [{ index, eventId: id, time, leafHash: leafHash.toString('hex'), event }];
}
