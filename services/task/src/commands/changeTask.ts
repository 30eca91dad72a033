import type { Task } from '@todo-chatbot/contracts';
import type { Clock, PersonBoxes } from '@todo-chatbot/service-kit';
import { applyChange, type TaskChange } from '../domain/task.ts';
import { eventsOfChange, factsOf } from '../outgoingEvents.ts';
import type { TaskStore } from '../ports/taskStore.ts';
import { refuse } from './refuse.ts';

/** Who changes which task, and how. */
export interface ChangeTask {
  readonly userId: string;
  readonly taskId: string;
  readonly request: TaskChange;
}

/**
 * Changes a person's task; completing is a change of its status.
 * @throws ProblemError `task.not-found`
 */
export async function changeTask(
  { store, clock, newsBoxes }: { store: TaskStore; clock: Clock; newsBoxes: PersonBoxes },
  { userId, taskId, request }: ChangeTask,
): Promise<Task> {
  const newsBox = await newsBoxes.of(userId);
  const task = await store.update({
    id: taskId,
    userId,
    change: (current) => applyChange(current, request, clock.now()),
    events: (before, after) => eventsOfChange(newsBox, before, after),
  });
  if (task) return task;
  const action = request.status === 'done' ? 'task.complete' : 'task.change';
  return refuse(store, { action, code: 'task.not-found', taskId, input: factsOf(request) });
}
