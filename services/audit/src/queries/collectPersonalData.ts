import type { CollectPersonalData } from '@todo-chatbot/service-kit';
import type { TrailReader } from '../ports/trailReader.ts';
import { rangeOfSearch, type SearchedTrail, searchTrail } from './searchTrail.ts';

/** Entries read at a time. */
const pageSize = 200;

/**
 * A person's own trail for their archive, as it is shown to them: what they did, and what was done to their account, oldest first, with
 * sealed fields opened (PRIV-3). It ends with the log as it was at the beginning.
 * @throws ProblemError `upstream.unavailable` when a key cannot be had
 */
export function createCollectPersonalData({
  trail,
  openEntries,
}: SearchedTrail & { readonly trail: TrailReader }): CollectPersonalData {
  return async function* collect(personId) {
    const search = { filter: {}, personId, order: 'oldest-first', limit: pageSize } as const;
    let rest = await rangeOfSearch(trail, search);
    for (;;) {
      const page = await searchTrail({ trail, openEntries }, { ...search, range: rest });
      for (const record of page.items) yield { kind: 'audit-entry', record };
      if (page.rest === null) return;
      rest = page.rest;
    }
  };
}
