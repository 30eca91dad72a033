import {
  type changeTaskRequestSchema,
  type createTaskRequestSchema,
  defaultListName,
  type Task,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';

export type NewTaskRequest = z.infer<typeof createTaskRequestSchema>;
export type TaskChange = z.infer<typeof changeTaskRequestSchema>;

/**
 * The name of a list without regard to case: two spellings with one key are one list. By way of upper case, so that "Straße" meets
 * "STRASSE", and of lower case before, so that "STRAẞE" does.
 */
export function listKey(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

/** A task as it begins: open, version 1. */
export function newTask(request: NewTaskRequest, { id, now }: { id: string; now: Date }): Task {
  return {
    id,
    title: request.title,
    listName: request.listName ?? defaultListName,
    status: 'open',
    due: wholeMilliseconds(request.due ?? null),
    createdAt: now.toISOString(),
    completedAt: null,
    version: 1,
  };
}

/** The task after the change, or the very same object when nothing differs. Another spelling of the list it is on is no difference. */
export function applyChange(task: Task, change: TaskChange, now: Date): Task {
  const changed: Task = {
    ...task,
    title: change.title ?? task.title,
    listName: movesTo(task, change.listName) ? change.listName : task.listName,
    due: change.due === undefined ? task.due : wholeMilliseconds(change.due),
    ...statusAfter(task, change.status, now),
  };
  if (changedFields(task, changed).length === 0) return task;
  return { ...changed, version: task.version + 1 };
}

/** Names of the fields in which two states of a task differ, in the order of the schema. */
export function changedFields(before: Task, after: Task): ('title' | 'listName' | 'due' | 'status')[] {
  const fields = ['title', 'listName', 'due', 'status'] as const;
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function movesTo(task: Task, listName: string | undefined): listName is string {
  return listName !== undefined && listKey(listName) !== listKey(task.listName);
}

function statusAfter(task: Task, status: Task['status'] | undefined, now: Date): Pick<Task, 'status' | 'completedAt'> {
  if (status === undefined || status === task.status) return { status: task.status, completedAt: task.completedAt };
  return { status, completedAt: status === 'done' ? now.toISOString() : null };
}

/** The same moment as it will be stored and given back: UTC with milliseconds. Members in a fixed order, so that equal means equal. */
function wholeMilliseconds(due: Task['due']): Task['due'] {
  return due && { at: new Date(due.at).toISOString(), hasTime: due.hasTime, timeZone: due.timeZone };
}
