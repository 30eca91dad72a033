import { auditExportLimit } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import type { IndexRange, TrailReader, TrailSearch } from '../ports/trailReader.ts';
import { rangeOfSearch } from './searchTrail.ts';

/**
 * Where the entries of an export are, and how many.
 * @throws ProblemError `audit.export-too-large`, before the first entry rather than after the last that there is room for.
 */
export async function measureExport(
  reader: Pick<TrailReader, 'rangeOf' | 'count'>,
  search: TrailSearch,
): Promise<{ readonly range: IndexRange; readonly count: number }> {
  const range = await rangeOfSearch(reader, search);
  const count = await reader.count({ ...search, range, limit: auditExportLimit + 1 });
  if (count > auditExportLimit) {
    const detail = `An export holds at most ${auditExportLimit} entries. Choose a shorter time.`;
    throw new ProblemError('audit.export-too-large', { detail });
  }
  return { range, count };
}
