import type { Task } from '@todo-chatbot/contracts';
import { type CollectPersonalData, inPages, keptAnswers, type PersonBoxes } from '@todo-chatbot/service-kit';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import { type List, selectLists, selectTasks } from '../adapters/taskRows.ts';

/** All that the service holds of a person, opened: lists, tasks, answers kept for repeats (PRIV-3). @throws SealBroken */
export function createCollectPersonalData(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): CollectPersonalData {
  const { prisma, boxes } = options;
  return async function* collect(personId) {
    const box = await boxes.of(personId);
    const lists = inPages<List>((after, limit) => selectLists(prisma, box, { afterKey: after?.key, limit }));
    for await (const { name, createdAt } of lists) yield { kind: 'list', record: { name, createdAt } };
    // By id, which never changes: a task that is changed meanwhile is neither left out nor told twice.
    const tasks = inPages<Task>((after, limit) =>
      selectTasks(prisma, box, Prisma.sql`AND t.id > ${after?.id ?? ''} ORDER BY t.id LIMIT ${limit}`),
    );
    for await (const task of tasks) yield { kind: 'task', record: task };
    yield* keptAnswers(prisma, box);
  };
}
