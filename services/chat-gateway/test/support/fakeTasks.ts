import { newId, type Task } from '@todo-chatbot/contracts';

/** A task as the task service would answer it. */
export function makeTask(fields: Partial<Task> & { title: string }): Task {
  return {
    id: newId('task'),
    listName: 'Tasks',
    status: 'open',
    due: null,
    createdAt: '2026-11-20T08:00:00.000Z',
    completedAt: null,
    version: 1,
    ...fields,
  };
}

/** The task as it is once it is done. */
export function doneTask(task: Task): Task {
  return { ...task, status: 'done', completedAt: '2026-11-22T10:00:00.000Z', version: task.version + 1 };
}
