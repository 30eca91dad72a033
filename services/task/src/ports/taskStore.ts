import type { CloudEvent, Task } from '@todo-chatbot/contracts';
import type { IdempotentRequest } from '@todo-chatbot/service-kit';
import type { PagePosition } from '../domain/pagePosition.ts';

/** A task to be made once for a (person, key), however often it is asked for. */
interface TaskCreation extends IdempotentRequest {
  readonly userId: string;
  /** Its list's name is replaced by the first spelling that the person used. */
  readonly task: Task;
  readonly events: (created: Task) => readonly CloudEvent[];
}

interface TaskUpdate {
  readonly id: string;
  readonly userId: string;
  /** Pure; giving back the same object stores nothing. */
  readonly change: (current: Task) => Task;
  readonly events: (before: Task, after: Task) => readonly CloudEvent[];
}

interface TaskRemoval {
  readonly id: string;
  readonly userId: string;
  readonly events: () => readonly CloudEvent[];
}

interface PageRequest {
  readonly userId: string;
  readonly status: 'open' | 'done' | 'all';
  readonly listName: string | null;
  readonly limit: number;
  readonly after: PagePosition | null;
  readonly events: (found: readonly Task[]) => readonly CloudEvent[];
}

/**
 * Where tasks are kept, sealed for their person. Each operation is one transaction: what it changes and the events it is given are
 * stored together or not at all. A task of somebody else is the same as none.
 * @throws ProblemError `person.erased`, `person.not-found` or `upstream.unavailable` when the person's key cannot be had, before
 * anything is done; SealBroken when somebody changed what is sealed
 */
export interface TaskStore {
  /**
   * The new task, or the very answer that an earlier request with this key was given.
   * @throws IdempotencyConflict
   */
  create(creation: TaskCreation): Promise<Task>;
  /** The task as it is now, or `null` when there is none. Changes of one task happen one after the other. */
  update(update: TaskUpdate): Promise<Task | null>;
  /** Whether there was one. */
  remove(removal: TaskRemoval): Promise<boolean>;
  page(request: PageRequest): Promise<{ readonly items: readonly Task[]; readonly isLast: boolean }>;
  /** Stores events of an act that changed nothing. */
  record(events: readonly CloudEvent[]): Promise<void>;
}
