import { newId, type Task } from '@todo-chatbot/contracts';
import { type Clock, IdempotencyConflict, type PersonBoxes } from '@todo-chatbot/service-kit';
import { type NewTaskRequest, newTask } from '../domain/task.ts';
import { eventsOfCreation, factsOf } from '../outgoingEvents.ts';
import type { TaskStore } from '../ports/taskStore.ts';
import { refuse } from './refuse.ts';

/** Who asks for what. */
export interface CreateTask {
  readonly userId: string;
  readonly idempotencyKey: string;
  readonly request: NewTaskRequest;
}

/**
 * Makes a task, once for each idempotency key of a person.
 * @throws ProblemError `request.idempotency-conflict`
 */
export async function createTask(
  { store, clock, newsBoxes }: { store: TaskStore; clock: Clock; newsBoxes: PersonBoxes },
  { userId, idempotencyKey, request }: CreateTask,
): Promise<Task> {
  const newsBox = await newsBoxes.of(userId);
  try {
    return await store.create({
      userId,
      idempotencyKey,
      members: membersOf(request),
      task: newTask(request, { id: newId('task'), now: clock.now() }),
      events: (created) => eventsOfCreation(newsBox, created, request),
    });
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    return refuse(store, { action: 'task.create', code: error.code, input: factsOf(request) });
  }
}

function membersOf({ title, listName, due }: NewTaskRequest) {
  return [title, listName ?? null, due ? [due.at, due.hasTime, due.timeZone] : null];
}
