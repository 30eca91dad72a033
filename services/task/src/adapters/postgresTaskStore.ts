import { taskSchema } from '@todo-chatbot/contracts';
import { addToOutbox, type Clock, keepAnswer, type PersonBox, type PersonBoxes } from '@todo-chatbot/service-kit';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { PagePosition } from '../domain/pagePosition.ts';
import type { TaskStore } from '../ports/taskStore.ts';
import { columnsOf, listIndex, nameOf, selectTasks } from './taskRows.ts';

type Transaction = Prisma.TransactionClient;

/** The store on PostgreSQL; `boxes` are those of the service's own rows. */
export function createPostgresTaskStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
  readonly clock: Clock;
}): TaskStore {
  const { prisma, boxes, clock } = options;
  return {
    async create({ task, events, userId, ...request }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (tx) => {
        const created = { ...task, listName: await firstSpelling(tx, box, task.listName, clock.now()) };
        const repeated = await keepAnswer(tx, box, request, created);
        if (repeated) return taskSchema.parse(repeated);
        const { id, createdAt } = created;
        await tx.task.create({ data: { id, userId, createdAt, ...columnsOf(box, created) } });
        await addToOutbox(tx, events(created));
        return created;
      });
    },

    async update({ id, userId, change, events }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (tx) => {
        // Locked first and read afterwards: a join read while waiting for the lock would pair the new task with the old list.
        await tx.$queryRaw`SELECT FROM tasks WHERE id = ${id} AND user_id = ${userId} FOR UPDATE`;
        const [before] = await selectTasks(tx, box, Prisma.sql`AND t.id = ${id}`);
        if (!before) return null;
        let after = change(before);
        if (after !== before) {
          after = { ...after, listName: await firstSpelling(tx, box, after.listName, clock.now()) };
          await tx.task.update({ where: { id }, data: columnsOf(box, after) });
        }
        await addToOutbox(tx, events(before, after));
        return after;
      });
    },

    remove: ({ id, userId, events }) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.task.deleteMany({ where: { id, userId } });
        if (count > 0) await addToOutbox(tx, events());
        return count > 0;
      }),

    async page({ userId, status, listName, limit, after, events }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (tx) => {
        const found = await selectTasks(
          tx,
          box,
          Prisma.sql`
            ${status === 'all' ? Prisma.empty : Prisma.sql`AND (t.completed_at IS NOT NULL) = ${status === 'done'}`}
            ${listName === null ? Prisma.empty : Prisma.sql`AND t.list_key = ${listIndex(box, listName)}`}
            ${after === null ? Prisma.empty : isAfter(after)}
            ORDER BY ${pageOrder} LIMIT ${limit + 1}`,
        );
        const items = found.slice(0, limit);
        await addToOutbox(tx, events(items));
        return { items, isLast: found.length <= limit };
      });
    },

    record: async (events) => {
      await addToOutbox(prisma, events);
    },
  };
}

/** The spelling under which the person first named the list; makes the list when it is new. */
async function firstSpelling(tx: Transaction, box: PersonBox, name: string, now: Date): Promise<string> {
  const { personId: userId } = box;
  const key = listIndex(box, name);
  const asNamedNow = { userId, key, name: box.seal(nameOf(key), name), createdAt: now };
  await tx.list.createMany({ data: [asNamedNow], skipDuplicates: true });
  const list = await tx.list.findUniqueOrThrow({ where: { userId_key: { userId, key } } });
  return box.open(nameOf(key), list.name);
}

/** Open before done, earlier due first, then oldest: the expressions of the index `tasks_in_page_order`. */
const pageOrder = Prisma.sql`(t.completed_at IS NOT NULL), coalesce(t.due_at, 'infinity'::timestamptz), t.created_at, t.id`;

function isAfter([isDone, dueAt, createdAt, id]: PagePosition): Prisma.Sql {
  return Prisma.sql`AND (${pageOrder})
    > (${isDone}, coalesce(${dueAt}::timestamptz, 'infinity'::timestamptz), ${createdAt}::timestamptz, ${id})`;
}
