import type { AuditEventData, CloudEvent } from '@todo-chatbot/contracts';
import { type Denial, type Logger, metrics, newAuditEvent, type RequestContext } from '@todo-chatbot/service-kit';

/** Entries being stored at a time; a flood of refusals must not become a flood of transactions. */
const pendingLimit = 20;

/** Audit entries of what the door itself refuses. Best effort and bounded: the refusal stands either way. */
export interface SecurityTrail {
  record(context: RequestContext, entry: SecurityEntry): void;
  /** For the routes' own refusals; the kit bounds them. */
  recordDenial(denial: Denial): Promise<void>;
}

interface SecurityEntry {
  readonly action: 'access.refuse' | 'access.limit';
  readonly reason: string;
  readonly input: AuditEventData['input'];
}

/** Writes refusals to the audit trail through the outbox. */
export function createSecurityTrail(options: {
  readonly store: { record(events: readonly CloudEvent[]): Promise<void> };
  readonly logger: Logger;
}): SecurityTrail {
  const { store, logger } = options;
  let pending = 0;
  return {
    record(context, entry) {
      if (pending >= pendingLimit) {
        metrics.counter('security_entries_dropped_total').add(1, { action: entry.action });
        return;
      }
      pending += 1;
      store
        .record([eventOf(context, entry)])
        .catch((error: unknown) => logger.error({ err: error }, 'a refusal could not be recorded'))
        .finally(() => {
          pending -= 1;
        });
    },
    async recordDenial({ code, operation, context }) {
      // A missing token is nobody's attack: every first visit of the page has none.
      if (code === 'auth.token-missing') return;
      await store.record([eventOf(context, { action: 'access.refuse', reason: code, input: { operation } })]);
    },
  };
}

function eventOf(context: RequestContext, { action, reason, input }: SecurityEntry): CloudEvent {
  const category = action === 'access.refuse' ? 'authorisation' : 'security';
  return newAuditEvent({ context, action, category, success: false, reason, input, retentionClass: 'security' });
}
