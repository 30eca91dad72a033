import {
  auditEventDataSchema,
  auditScopeOf,
  type CloudEvent,
  dataKeysSchema,
  personOfAuditEvent,
} from '@todo-chatbot/contracts';
import { createPersonBox, placeOfAuditField } from '@todo-chatbot/service-kit';
import type { startAuth } from './harness.ts';

/** What an audit event of `auth` has sealed, by field, opened with the keys that the audit service gets; empty when there is nothing. */
export async function openAudit(
  auth: Pick<Awaited<ReturnType<typeof startAuth>>, 'call'>,
  event: CloudEvent | undefined,
): Promise<Readonly<Record<string, string>>> {
  const data = auditEventDataSchema.parse(event?.data);
  const personId = personOfAuditEvent(data);
  if (!event || personId === null || data.sealed === undefined) return {};
  const answer = await auth.call('GET', `/v1/data-keys/${personId}`, { caller: 'audit' });
  const scope = auditScopeOf('auth');
  const key = Buffer.from(dataKeysSchema.parse(answer.body).keys[scope] ?? '', 'base64');
  const box = createPersonBox({ personId, scope, key });
  const opened = Object.entries(data.sealed).map(([field, sealed]) => [
    field,
    box.open(placeOfAuditField(event.id, field), Buffer.from(sealed, 'base64')),
  ]);
  return Object.fromEntries(opened);
}
