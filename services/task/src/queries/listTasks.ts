import type { listTasksQuerySchema, Task } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { decodeCursor, encodeCursor, positionOf } from '../domain/pagePosition.ts';
import { eventsOfReading } from '../outgoingEvents.ts';
import type { TaskStore } from '../ports/taskStore.ts';

/** Who asks for which page. */
export interface ListTasks {
  readonly userId: string;
  readonly query: z.output<typeof listTasksQuerySchema>;
}

/**
 * A page of a person's tasks: open before done, earlier due first, then oldest.
 * @throws ProblemError `request.invalid` for a cursor that is none of ours
 */
export async function listTasks(
  { store }: { store: TaskStore },
  { userId, query: { status, listName, limit, cursor } }: ListTasks,
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  if (cursor !== undefined && after === null) {
    throw new ProblemError('request.invalid', {
      errors: [{ path: 'query.cursor', message: 'is not a cursor of this list' }],
    });
  }
  const { items, isLast } = await store.page({
    userId,
    status,
    listName: listName ?? null,
    limit,
    after,
    events: (found) => eventsOfReading(found.length, { status, hasListName: listName !== undefined }),
  });
  const last = items.at(-1);
  return { items: [...items], nextCursor: isLast || !last ? null : encodeCursor(positionOf(last)) };
}
