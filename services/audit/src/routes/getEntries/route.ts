import { auditEntriesQuerySchema, auditEntriesSchema } from '@todo-chatbot/contracts';
import { defineRoute, ProblemError } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../../commands/logWriter.ts';
import { recordAccess } from '../../commands/recordAccess.ts';
import type { LogReader } from '../../ports/logReader.ts';
import { listEntries } from '../../queries/listEntries.ts';
import { visibleActorOf } from '../visibleActor.ts';

/** `GET /v1/entries`: the person's own trail, or with `audit.read` the whole one, newest first. */
export const getEntries = ({ reader, writer }: { readonly reader: LogReader; readonly writer: LogWriter }) =>
  defineRoute({
    operation: 'listAuditEntries',
    method: 'GET',
    path: '/v1/entries',
    permission: 'audit.own.read',
    request: { query: auditEntriesQuerySchema },
    responses: { 200: auditEntriesSchema },
    handler: async ({ query, user, context }) => {
      const actorId = visibleActorOf(user);
      const filter = { actorId, action: query.action ?? null, before: positionOf(query.cursor), limit: query.limit };
      const { items, next } = await listEntries(reader, filter);
      const scope = actorId === null ? 'all' : 'own';
      await recordAccess(writer, {
        context,
        action: 'audit.list',
        category: 'data-access',
        input: { scope, count: items.length, action: filter.action },
      });
      return { status: 200, body: { items, nextCursor: next === null ? null : cursorOf(next) } };
    },
  });

/** Opaque to clients. It grants nothing: it only says where to go on. */
function cursorOf(index: number): string {
  return Buffer.from(`before:${index}`).toString('base64url');
}

function positionOf(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const [, index] = /^before:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (index === undefined) {
    throw new ProblemError('request.invalid', {
      errors: [{ path: 'query.cursor', message: 'is not a cursor of ours' }],
    });
  }
  return Number(index);
}
