import { auditEntriesQuerySchema, auditEntriesSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../../commands/logWriter.ts';
import { recordAccess, recordingRefusal } from '../../commands/recordAccess.ts';
import type { IndexRange, TrailReader } from '../../ports/trailReader.ts';
import type { OpenEntries } from '../../queries/openEntries.ts';
import { rangeOfSearch, searchTrail } from '../../queries/searchTrail.ts';
import { filterInput, notOurCursor, personOfTrail, requireOwnActor } from '../personOfTrail.ts';
import { decodeTrailCursor, encodeTrailCursor } from '../trailCursor.ts';

/** `GET /v1/entries`: a search of the person's own trail, or with `audit.read` of the whole log, newest first. */
export const getEntries = ({
  trail,
  openEntries,
  writer,
}: {
  readonly trail: TrailReader;
  readonly openEntries: OpenEntries;
  readonly writer: LogWriter;
}) =>
  defineRoute({
    operation: 'listAuditEntries',
    method: 'GET',
    path: '/v1/entries',
    permission: 'audit.own.read',
    request: { query: auditEntriesQuerySchema },
    responses: { 200: auditEntriesSchema },
    handler: async ({ query: { cursor, limit, ...filter }, user, context }) => {
      const personId = personOfTrail(user, filter);
      const input = filterInput(filter, { personId, user, context });
      const access = { context, action: 'audit.list', category: 'data-access' as const, input };
      const { items, rest } = await recordingRefusal(writer, access, async () => {
        requireOwnActor(filter, personId);
        const range = cursor === undefined ? await rangeOfSearch(trail, { filter, personId }) : rangeIn(cursor);
        return searchTrail({ trail, openEntries }, { filter, personId, range, order: 'newest-first', limit });
      });
      await recordAccess(writer, { ...access, input: { ...input, count: items.length } });
      return { status: 200, body: { items, nextCursor: rest && encodeTrailCursor(rest) } };
    },
  });

function rangeIn(cursor: string): IndexRange {
  const decoded = decodeTrailCursor(cursor);
  if (!decoded) throw notOurCursor();
  return decoded.range;
}
