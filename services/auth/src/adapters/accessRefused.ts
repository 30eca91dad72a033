import type { CloudEvent } from '@todo-chatbot/contracts';
import { type Denial, newAuditEvent } from '@todo-chatbot/service-kit';

/** The audit event of a request that the guards of the app port refused (AUD-1). */
export function accessRefused({ code, operation, context }: Denial): CloudEvent {
  return newAuditEvent({
    context,
    action: 'access.refuse',
    category: 'authorisation',
    success: false,
    reason: code,
    input: { operation, caller: context.caller },
    retentionClass: 'security',
  });
}
