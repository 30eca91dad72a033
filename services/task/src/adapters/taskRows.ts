import type { Task } from '@todo-chatbot/contracts';
import type { PersonBox, SealedPlace } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.ts';
import { listKey } from '../domain/task.ts';

/** A task as the columns of its row, apart from those that never change. */
export function columnsOf(box: PersonBox, task: Task) {
  return {
    listKey: listIndex(box, task.listName),
    title: box.seal(titleOf(task.id), task.title),
    dueAt: task.due?.at ?? null,
    dueHasTime: task.due?.hasTime ?? null,
    dueTimeZone: task.due?.timeZone ?? null,
    completedAt: task.completedAt,
    version: task.version,
  };
}

/** What a list of that name is found by among a person's lists, whatever its spelling: all spellings have one. */
export function listIndex(box: PersonBox, name: string): Uint8Array<ArrayBuffer> {
  return box.index('lists.key', listKey(name));
}

/** Where the name of a list stands. */
export function nameOf(key: Uint8Array): SealedPlace {
  return { field: 'lists.name', row: Buffer.from(key).toString('hex') };
}

function titleOf(taskId: string): SealedPlace {
  return { field: 'tasks.title', row: taskId };
}

const bytesSchema = z.instanceof(Uint8Array);
const rowsSchema = z.array(
  z.object({
    id: z.string(),
    title: bytesSchema,
    listKey: bytesSchema,
    listName: bytesSchema,
    dueAt: z.date().nullable(),
    dueHasTime: z.boolean().nullable(),
    dueTimeZone: z.string().nullable(),
    createdAt: z.date(),
    completedAt: z.date().nullable(),
    version: z.number(),
  }),
);

/**
 * Tasks of the box's person, opened. Raw, because Prisma cannot order by an expression. `rest` follows the condition on the person
 * and is made of `Prisma.sql`, whose values travel apart from the text.
 * @throws SealBroken
 */
export async function selectTasks(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  box: PersonBox,
  rest: Prisma.Sql,
): Promise<Task[]> {
  const rows = await db.$queryRaw(Prisma.sql`
    SELECT t.id, t.title, t.list_key AS "listKey", l.name AS "listName", t.due_at AS "dueAt", t.due_has_time AS "dueHasTime",
      t.due_time_zone AS "dueTimeZone", t.created_at AS "createdAt", t.completed_at AS "completedAt", t.version
    FROM tasks t JOIN lists l ON l.user_id = t.user_id AND l.key = t.list_key
    WHERE t.user_id = ${box.personId} ${rest}`);
  const listNameOf = openedOnce(box);
  return rowsSchema.parse(rows).map((row) => openRow(box, row, listNameOf(row.listKey, row.listName)));
}

/** A list of a person, opened. */
export interface List {
  /** See {@link listIndex}. */
  readonly key: Uint8Array;
  readonly name: string;
  readonly createdAt: string;
}

const listRowsSchema = z.array(z.object({ key: bytesSchema, name: bytesSchema, createdAt: z.date() }));

/** Lists of the box's person in the order of their keys, which tells nothing; raw, because Prisma cannot compare bytes. @throws SealBroken */
export async function selectLists(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  box: PersonBox,
  { afterKey = new Uint8Array(), limit }: { readonly afterKey: Uint8Array | undefined; readonly limit: number },
): Promise<List[]> {
  const rows = await db.$queryRaw`
    SELECT key, name, created_at AS "createdAt" FROM lists
    WHERE user_id = ${box.personId} AND key > ${afterKey} ORDER BY key LIMIT ${limit}`;
  return listRowsSchema.parse(rows).map(({ key, name, createdAt }) => ({
    key,
    name: box.open(nameOf(key), name),
    createdAt: createdAt.toISOString(),
  }));
}

/** Opens the name of a list once, however many of its tasks are on the page. */
function openedOnce(box: PersonBox): (key: Uint8Array, sealed: Uint8Array) => string {
  const names = new Map<string, string>();
  return (key, sealed) => {
    const place = nameOf(key);
    const name = names.get(place.row) ?? box.open(place, sealed);
    names.set(place.row, name);
    return name;
  };
}

function openRow(box: PersonBox, row: z.infer<typeof rowsSchema>[number], listName: string): Task {
  const { id, title, dueAt, dueHasTime, dueTimeZone, createdAt, completedAt, version } = row;
  const hasDue = dueAt !== null && dueHasTime !== null && dueTimeZone !== null;
  return {
    id,
    title: box.open(titleOf(id), title),
    listName,
    status: completedAt === null ? 'open' : 'done',
    due: hasDue ? { at: dueAt.toISOString(), hasTime: dueHasTime, timeZone: dueTimeZone } : null,
    createdAt: createdAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    version,
  };
}
