import { type Task, taskSchema } from '@todo-chatbot/contracts';
import { addToOutbox, type Clock, keepAnswer } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { PagePosition } from '../domain/pagePosition.ts';
import { listKey } from '../domain/task.ts';
import type { TaskStore } from '../ports/taskStore.ts';

type Transaction = Prisma.TransactionClient;

/** The store on PostgreSQL. */
export function createPostgresTaskStore({ prisma, clock }: { prisma: PrismaClient; clock: Clock }): TaskStore {
  return {
    create: ({ task, events, ...request }) =>
      prisma.$transaction(async (tx) => {
        const { userId } = request;
        const created = { ...task, listName: await firstSpelling(tx, userId, task.listName, clock.now()) };
        const repeated = await keepAnswer(tx, request, created);
        if (repeated) return taskSchema.parse(repeated);
        await tx.task.create({ data: { id: created.id, userId, createdAt: created.createdAt, ...columnsOf(created) } });
        await addToOutbox(tx, events(created));
        return created;
      }),

    update: ({ id, userId, change, events }) =>
      prisma.$transaction(async (tx) => {
        // Locked first and read afterwards: a join read while waiting for the lock would pair the new task with the old list.
        await tx.$queryRaw`SELECT FROM tasks WHERE id = ${id} AND user_id = ${userId} FOR UPDATE`;
        const [before] = await selectTasks(tx, Prisma.sql`WHERE t.id = ${id} AND t.user_id = ${userId}`);
        if (!before) return null;
        let after = change(before);
        if (after !== before) {
          after = { ...after, listName: await firstSpelling(tx, userId, after.listName, clock.now()) };
          await tx.task.update({ where: { id }, data: columnsOf(after) });
        }
        await addToOutbox(tx, events(before, after));
        return after;
      }),

    remove: ({ id, userId, events }) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.task.deleteMany({ where: { id, userId } });
        if (count > 0) await addToOutbox(tx, events());
        return count > 0;
      }),

    page: ({ userId, status, listName, limit, after, events }) =>
      prisma.$transaction(async (tx) => {
        const found = await selectTasks(
          tx,
          Prisma.sql`WHERE t.user_id = ${userId}
            ${status === 'all' ? Prisma.empty : Prisma.sql`AND (t.completed_at IS NOT NULL) = ${status === 'done'}`}
            ${listName === null ? Prisma.empty : Prisma.sql`AND t.list_key = ${listKey(listName)}`}
            ${after === null ? Prisma.empty : isAfter(after)}
            ORDER BY ${pageOrder} LIMIT ${limit + 1}`,
        );
        const items = found.slice(0, limit);
        await addToOutbox(tx, events(items));
        return { items, isLast: found.length <= limit };
      }),

    record: async (events) => {
      await addToOutbox(prisma, events);
    },
  };
}

/** The spelling under which the person first named the list; makes the list when it is new. */
async function firstSpelling(tx: Transaction, userId: string, name: string, now: Date): Promise<string> {
  const key = listKey(name);
  await tx.list.createMany({ data: [{ userId, key, name, createdAt: now }], skipDuplicates: true });
  const list = await tx.list.findUniqueOrThrow({ where: { userId_key: { userId, key } } });
  return list.name;
}

function columnsOf(task: Task) {
  return {
    listKey: listKey(task.listName),
    title: task.title,
    dueAt: task.due?.at ?? null,
    dueHasTime: task.due?.hasTime ?? null,
    dueTimeZone: task.due?.timeZone ?? null,
    completedAt: task.completedAt,
    version: task.version,
  };
}

const rowSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    listName: z.string(),
    dueAt: z.date().nullable(),
    dueHasTime: z.boolean().nullable(),
    dueTimeZone: z.string().nullable(),
    createdAt: z.date(),
    completedAt: z.date().nullable(),
    version: z.number(),
  })
  .transform(({ id, title, listName, dueAt, dueHasTime, dueTimeZone, createdAt, completedAt, version }): Task => {
    const hasDue = dueAt !== null && dueHasTime !== null && dueTimeZone !== null;
    return {
      id,
      title,
      listName,
      status: completedAt === null ? 'open' : 'done',
      due: hasDue ? { at: dueAt.toISOString(), hasTime: dueHasTime, timeZone: dueTimeZone } : null,
      createdAt: createdAt.toISOString(),
      completedAt: completedAt?.toISOString() ?? null,
      version,
    };
  });

/** Raw, because Prisma cannot order by an expression. `rest` is made of `Prisma.sql`, whose values travel apart from the text. */
async function selectTasks(tx: Transaction, rest: Prisma.Sql): Promise<Task[]> {
  const rows = await tx.$queryRaw(Prisma.sql`
    SELECT t.id, t.title, l.name AS "listName", t.due_at AS "dueAt", t.due_has_time AS "dueHasTime", t.due_time_zone AS "dueTimeZone",
      t.created_at AS "createdAt", t.completed_at AS "completedAt", t.version
    FROM tasks t JOIN lists l ON l.user_id = t.user_id AND l.key = t.list_key
    ${rest}`);
  return z.array(rowSchema).parse(rows);
}

/** Open before done, earlier due first, then oldest: the expressions of the index `tasks_in_page_order`. */
const pageOrder = Prisma.sql`(t.completed_at IS NOT NULL), coalesce(t.due_at, 'infinity'::timestamptz), t.created_at, t.id`;

function isAfter([isDone, dueAt, createdAt, id]: PagePosition): Prisma.Sql {
  return Prisma.sql`AND (${pageOrder})
    > (${isDone}, coalesce(${dueAt}::timestamptz, 'infinity'::timestamptz), ${createdAt}::timestamptz, ${id})`;
}
