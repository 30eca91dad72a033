import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { countSchema, flagSchema, instantSchema, oneOf, pageSizeSchema } from '../leaves.ts';
import { cursorSchema, timeZoneSchema } from './common.ts';
import { guardrailTextLimit } from './guardrail.ts';

/** What is to be done, as the person wrote it: one line, 1 to 500 characters. */
export const taskTitleSchema = annotated(
  z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be one line of well-formed text without control characters'),
  'task.content',
);

/** Name of a list, compared without regard to case. */
export const listNameSchema = annotated(
  z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must be one line of well-formed text without control characters'),
  'task.content',
);

/** A task is open or done. */
export const taskStatusSchema = oneOf(['open', 'done']);

/** When a task is due. `hasTime` false: any time on the day that `at` falls on in `timeZone`. Year 0000 exists in ISO 8601 and not in PostgreSQL. */
export const dueSchema = z.strictObject({
  at: instantSchema.refine((at) => at >= '1970', 'must not be before 1970'),
  hasTime: flagSchema,
  timeZone: timeZoneSchema,
});

/** A task as its owner sees it. */
export const taskSchema = z.strictObject({
  id: idSchema('task'),
  title: taskTitleSchema,
  listName: listNameSchema,
  status: taskStatusSchema,
  due: dueSchema.nullable(),
  createdAt: instantSchema,
  completedAt: instantSchema.nullable(),
  /** Counts changes from 1; a client drops news older than what it has. */
  version: annotated(z.int().positive(), 'protocol.internal'),
});
export type Task = z.infer<typeof taskSchema>;

/** Name of the list that a task without one goes to. */
export const defaultListName = 'Tasks';

/** A task to be made. */
export const createTaskRequestSchema = z.strictObject({
  title: taskTitleSchema,
  listName: listNameSchema.optional(),
  due: dueSchema.nullable().optional(),
});

/** At least one member. */
export const changeTaskRequestSchema = z
  .strictObject({
    title: taskTitleSchema.optional(),
    listName: listNameSchema.optional(),
    due: dueSchema.nullable().optional(),
    status: taskStatusSchema.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'must change at least one field');

/** Query of a page of tasks. */
export const listTasksQuerySchema = z.strictObject({
  status: oneOf(['open', 'done', 'all']).default('all'),
  listName: listNameSchema.optional(),
  limit: pageSizeSchema(200, 100),
  cursor: cursorSchema.optional(),
});

/** A page of tasks: open before done, earlier due first, then oldest first. */
export const taskPageSchema = z.strictObject({
  items: z.array(taskSchema).max(200),
  nextCursor: cursorSchema.nullable(),
});

/** Most tasks that one file may hold. */
export const importedTasksLimit = 100;

/** A file of tasks that may be of anybody's making: one on each line, as a list with bullets or boxes is. */
export const importTasksRequestSchema = z.strictObject({
  content: annotated(z.string().min(1).max(guardrailTextLimit), 'task.content'),
  /** Where they go; without it, to the list for tasks without one. */
  listName: listNameSchema.optional(),
});

/** What became of the file. */
export const importTasksResponseSchema = z.strictObject({
  tasks: z.array(taskSchema).max(importedTasksLimit),
  /** Lines that were ticked off already, which are left out. */
  ticked: countSchema,
});
export type ImportTasksResponse = z.infer<typeof importTasksResponseSchema>;
