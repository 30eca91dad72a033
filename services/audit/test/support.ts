import { type AuditEventData, type CloudEvent, newId } from '@todo-chatbot/contracts';

/** An audit event in its envelope as a producer publishes it. */
export function auditEvent({
  id = newId('event'),
  actorId = newId('user'),
  ...data
}: Partial<AuditEventData> & { id?: string; actorId?: string | null }): CloudEvent & { data: AuditEventData } {
  return {
    specversion: '1.0',
    id,
    source: 'task',
    type: 'audit.recorded.v1',
    subject: actorId ?? 'anonymous',
    time: '2026-11-22T08:09:10.123Z',
    datacontenttype: 'application/json',
    data: {
      service: 'task',
      actor: { type: 'user', id: actorId },
      sessionId: null,
      category: 'data-change',
      action: 'task.create',
      success: true,
      reason: null,
      object: null,
      input: { titleLength: 8 },
      metadata: { address: '192.0.2.0', userAgent: 'test' },
      traceId: null,
      retentionClass: 'task-execution',
      ...data,
    },
  };
}
