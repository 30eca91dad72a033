import type { CloudEvent } from '@todo-chatbot/contracts';

/** Takes audit events of attempts that changed nothing; those of changes commit with the change. */
export interface AuditTrail {
  record(events: readonly CloudEvent[]): Promise<void>;
}
