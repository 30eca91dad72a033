import type { CloudEvent, Task } from '@todo-chatbot/contracts';
import { newAuditEvent, newEvent } from '@todo-chatbot/service-kit';
import { changedFields, type NewTaskRequest, type TaskChange } from './domain/task.ts';

/** News of a new task, and its audit entry: facts about the request, no text of it (AUD-4). */
export function eventsOfCreation(userId: string, task: Task, request: NewTaskRequest): CloudEvent[] {
  return [
    newEvent({ type: 'task.created.v1', subject: task.id, source: 'task', data: { userId, task } }),
    newAuditEvent({
      action: 'task.create',
      category: 'data-change',
      success: true,
      object: { type: 'task', id: task.id },
      input: factsOf(request),
      retentionClass: 'task-execution',
    }),
  ];
}

/** News of a changed task, and its audit entry; the entry alone when nothing differs. */
export function eventsOfChange(userId: string, before: Task, after: Task): CloudEvent[] {
  const isCompletion = before.status === 'open' && after.status === 'done';
  const audit = newAuditEvent({
    action: isCompletion ? 'task.complete' : 'task.change',
    category: 'data-change',
    success: true,
    object: { type: 'task', id: after.id },
    input: { changed: changedFields(before, after), version: after.version },
    retentionClass: 'task-execution',
  });
  if (after === before) return [audit];
  const data = { userId, task: after };
  return [newEvent({ type: 'task.changed.v1', subject: after.id, source: 'task', data }), audit];
}

/** News of a deleted task, and its audit entry. */
export function eventsOfDeletion(userId: string, taskId: string): CloudEvent[] {
  const data = { userId, taskId };
  return [
    newEvent({ type: 'task.deleted.v1', subject: taskId, source: 'task', data }),
    newAuditEvent({
      action: 'task.delete',
      category: 'data-change',
      success: true,
      object: { type: 'task', id: taskId },
      retentionClass: 'task-execution',
    }),
  ];
}

/** Audit entry of tasks having been read. */
export function eventsOfReading(count: number, filter: { status: string; hasListName: boolean }): CloudEvent[] {
  return [
    newAuditEvent({
      action: 'task.list',
      category: 'data-access',
      success: true,
      input: { count, ...filter },
      retentionClass: 'task-execution',
    }),
  ];
}

/** What an audit entry may say of a request. */
export function factsOf(request: NewTaskRequest | TaskChange): Record<string, boolean | number | string> {
  return {
    ...(request.title === undefined ? {} : { titleLength: request.title.length }),
    hasListName: request.listName !== undefined,
    hasDue: Boolean(request.due),
    ...('status' in request && request.status ? { status: request.status } : {}),
  };
}
