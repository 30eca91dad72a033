import { idSchema, type Task } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** A cursor may be forged: its times must be such that PostgreSQL can hold, see `dueSchema`. */
const momentSchema = z.iso.datetime().refine((at) => at >= '1970');
const pagePositionSchema = z.tuple([z.boolean(), momentSchema.nullable(), momentSchema, idSchema('task')]);

/** Where a task stands in the order of a page: done or not, due, created, id. */
export type PagePosition = z.infer<typeof pagePositionSchema>;

/** Position of a task in the order of a page. */
export function positionOf(task: Task): PagePosition {
  return [task.status === 'done', task.due?.at ?? null, task.createdAt, task.id];
}

/** Cursor that stands for "after this position"; opaque to clients. It grants nothing: it only skips within the reader's own tasks. */
export function encodeCursor(position: PagePosition): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position of a cursor, or `null` when it is none of ours. */
export function decodeCursor(cursor: string): PagePosition | null {
  try {
    return pagePositionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
