import type { CloudEvent, Task } from '@todo-chatbot/contracts';
import { newAuditEvent, newEvent, type PersonBox, sealJson } from '@todo-chatbot/service-kit';
import { changedFields, type NewTaskRequest, type TaskChange } from './domain/task.ts';

/** News of a new task, and its audit entry: facts about the request, no text of it (AUD-4). The box is the person's for news. */
export function eventsOfCreation(box: PersonBox, task: Task, request: NewTaskRequest): CloudEvent[] {
  return [
    newsOf('task.created.v2', box, task),
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

/** News of a changed task, and its audit entry; the entry alone when nothing differs. The box is the person's for news. */
export function eventsOfChange(box: PersonBox, before: Task, after: Task): CloudEvent[] {
  const isCompletion = before.status === 'open' && after.status === 'done';
  const audit = newAuditEvent({
    action: isCompletion ? 'task.complete' : 'task.change',
    category: 'data-change',
    success: true,
    object: { type: 'task', id: after.id },
    input: { changed: changedFields(before, after), version: after.version },
    retentionClass: 'task-execution',
  });
  return after === before ? [audit] : [newsOf('task.changed.v2', box, after), audit];
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

/** The whole task, sealed for whoever the topic is for. */
function newsOf(type: 'task.created.v2' | 'task.changed.v2', box: PersonBox, task: Task): CloudEvent {
  const sealed = sealJson(box, { field: type, row: task.id }, task);
  return newEvent({ type, subject: task.id, source: 'task', data: { userId: box.personId, taskId: task.id, sealed } });
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
