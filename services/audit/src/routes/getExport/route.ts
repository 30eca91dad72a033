import { auditExportPageQuerySchema, auditExportPageSchema, auditExportPageSize } from '@todo-chatbot/contracts';
import { type Clock, defineRoute, requireRecentProof } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../../commands/logWriter.ts';
import { type Access, recordAccessAsEvent, recordingRefusal } from '../../commands/recordAccess.ts';
import { decodeBody } from '../../domain/entry.ts';
import { type ExportTerms, isExportCovered } from '../../domain/exportRecord.ts';
import type { IndexRange, TrailReader, TrailSearch } from '../../ports/trailReader.ts';
import { measureExport } from '../../queries/measureExport.ts';
import type { OpenEntries } from '../../queries/openEntries.ts';
import { searchTrail } from '../../queries/searchTrail.ts';
import { filterInput, notOurCursor, personOfTrail, requireOwnActor } from '../personOfTrail.ts';
import { decodeTrailCursor, encodeTrailCursor } from '../trailCursor.ts';

interface ExportUnderWay {
  /** What is still to be shown. */
  readonly range: IndexRange;
  /** Id of the event that recorded it. */
  readonly exportId: string;
}

/**
 * `GET /v1/export`: a page of an export of one's own trail, or with `audit.read` of the whole log, in the order of the log and up to
 * its size at the first page. The first page is recorded before anything leaves (AUD-5). Each further one names that record in its
 * cursor and is held against it, so that a cursor that somebody made up opens nothing that is not in the log already.
 *
 * The first page of an export of everybody's entries wants a recent proof: a stolen session must not carry the whole log away.
 */
export const getExport = ({
  trail,
  openEntries,
  writer,
  clock,
}: {
  readonly trail: TrailReader;
  readonly openEntries: OpenEntries;
  readonly writer: LogWriter;
  readonly clock: Clock;
}) => {
  /** Records an export that is about to begin. @throws ProblemError when it may not begin, or could not be recorded */
  async function begin(search: TrailSearch, access: Access): Promise<ExportUnderWay> {
    const { range, count } = await measureExport(trail, search);
    const input = { ...access.input, before: range.to, count };
    return { range, exportId: await recordAccessAsEvent(writer, { ...access, input }) };
  }

  /** An export that was recorded, at one of its further pages. @throws ProblemError for a cursor that was not given for it */
  async function goOn(cursor: string, terms: Omit<ExportTerms, 'before'>): Promise<ExportUnderWay> {
    const decoded = decodeTrailCursor(cursor);
    if (decoded?.exportId === undefined) throw notOurCursor();
    const { range, exportId } = decoded;
    const body = await trail.bodyOfEvent(exportId);
    if (!body || !isExportCovered(decodeBody(body), { ...terms, before: range.to }, clock.now())) throw notOurCursor();
    return { range, exportId };
  }

  return defineRoute({
    operation: 'exportAuditEntries',
    method: 'GET',
    path: '/v1/export',
    permission: 'audit.own.read',
    request: { query: auditExportPageQuerySchema },
    responses: { 200: auditExportPageSchema },
    handler: async ({ query: { cursor, ...filter }, user, context }) => {
      const personId = personOfTrail(user, filter);
      const input = filterInput(filter, { personId, user, context });
      const access = { context, action: 'audit.export', category: 'data-access' as const, input };
      const { range, exportId } = await recordingRefusal(writer, access, async () => {
        requireOwnActor(filter, personId);
        if (cursor !== undefined) return goOn(cursor, { userId: user.userId, input });
        if (personId === null) requireRecentProof(user, clock);
        return begin({ filter, personId }, access);
      });
      const search = { filter, personId, range, order: 'oldest-first' as const, limit: auditExportPageSize };
      const { items, rest } = await searchTrail({ trail, openEntries }, search);
      return { status: 200, body: { items, nextCursor: rest && encodeTrailCursor(rest, exportId) } };
    },
  });
};
