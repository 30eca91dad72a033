import {
  type Alert,
  acknowledgeAlertRequestSchema,
  alertParamsSchema,
  alertSchema,
  alertsQuerySchema,
  alertsSchema,
  idSchema,
} from '@todo-chatbot/contracts';
import { type Clock, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import type { LogWriter } from '../../commands/logWriter.ts';
import { recordAccess } from '../../commands/recordAccess.ts';
import type { AlertStore } from '../../ports/alertStore.ts';

/** `/v1/alerts`: what the security monitoring found (OBS-3). */
export function alertRoutes(options: {
  readonly alerts: AlertStore;
  readonly writer: LogWriter;
  readonly clock: Clock;
}): Route[] {
  const { alerts, writer, clock } = options;
  return [
    defineRoute({
      operation: 'listAlerts',
      method: 'GET',
      path: '/v1/alerts',
      permission: 'audit.read',
      request: { query: alertsQuerySchema },
      responses: { 200: alertsSchema },
      handler: async ({ query: { state, severity, limit, cursor }, context }) => {
        const filter = { state: state ?? null, severity: severity ?? null };
        // One more than asked for tells whether there is another page.
        const found = await alerts.page({ ...filter, before: positionOf(cursor), limit: limit + 1 });
        const items = found.slice(0, limit);
        const input = { ...filter, count: items.length };
        await recordAccess(writer, { context, action: 'alert.list', category: 'data-access', input });
        return { status: 200, body: { items, nextCursor: found.length > limit ? cursorOf(items.at(-1)) : null } };
      },
    }),
    defineRoute({
      operation: 'acknowledgeAlert',
      method: 'POST',
      path: '/v1/alerts/acknowledge/:id',
      permission: 'alert.acknowledge',
      request: { params: alertParamsSchema, body: acknowledgeAlertRequestSchema },
      responses: { 200: alertSchema },
      handler: async ({ params: { id }, body: { resolution }, user, context }) => {
        const access = {
          context,
          action: 'alert.acknowledge',
          category: 'security' as const,
          object: { type: 'alert', id },
        };
        const outcome = await alerts.acknowledge({ id, by: user.userId, at: clock.now(), resolution }, ({ ruleId }) =>
          recordAccess(writer, { ...access, input: { resolution, ruleId } }),
        );
        if (typeof outcome === 'object') return { status: 200, body: outcome };
        const reason = outcome === 'not-found' ? 'alert.not-found' : 'alert.already-acknowledged';
        await recordAccess(writer, { ...access, reason, input: { resolution } });
        throw new ProblemError(reason);
      },
    }),
  ];
}

/** Opaque to clients. It grants nothing: it only says where to go on. */
function cursorOf(last: Alert | undefined): string | null {
  return last ? Buffer.from(last.id).toString('base64url') : null;
}

function positionOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = idSchema('alert').safeParse(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (id.success) return id.data;
  throw new ProblemError('request.invalid', { errors: [{ path: 'query.cursor', message: 'is not a cursor of ours' }] });
}
