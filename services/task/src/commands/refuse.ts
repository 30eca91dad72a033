import type { ErrorCode } from '@todo-chatbot/contracts';
import { newAuditEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { TaskStore } from '../ports/taskStore.ts';

/** An act that could not be done. */
export interface Refusal {
  readonly action: 'task.create' | 'task.change' | 'task.complete' | 'task.delete';
  readonly code: ErrorCode;
  readonly taskId?: string;
  readonly input?: Readonly<Record<string, boolean | number | string>>;
}

/** Writes the failure to the audit trail, then throws it. Only what the caller sent is told, so a foreign task looks like none there too. */
export async function refuse(store: TaskStore, { action, code, taskId, input }: Refusal): Promise<never> {
  await store.record([
    newAuditEvent({
      action,
      category: 'data-change',
      success: false,
      reason: code,
      object: taskId === undefined ? null : { type: 'task', id: taskId },
      input: input ?? {},
      retentionClass: 'task-execution',
    }),
  ]);
  throw new ProblemError(code);
}
