import { eventsOfDeletion } from '../outgoingEvents.ts';
import type { TaskStore } from '../ports/taskStore.ts';
import { refuse } from './refuse.ts';

/**
 * Deletes a person's task.
 * @throws ProblemError `task.not-found`, also the second time
 */
export async function deleteTask(
  { store }: { store: TaskStore },
  { userId, taskId }: { readonly userId: string; readonly taskId: string },
): Promise<void> {
  const isDeleted = await store.remove({ id: taskId, userId, events: () => eventsOfDeletion(userId, taskId) });
  if (!isDeleted) await refuse(store, { action: 'task.delete', code: 'task.not-found', taskId });
}
