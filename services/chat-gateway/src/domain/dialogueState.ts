import { dueSchema, idSchema, listNameSchema, taskTitleSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** Most tasks that one confirmed act touches, and most that the dialogue remembers as shown. */
export const bulkLimit = 50;

/** Most requests that one message may hold. More is hardly typed by a person, and each costs a call to another service. */
export const commandsLimit = 10;

/** A task that is yet to be added; no list: the person's usual one. */
export const newTaskSchema = z.strictObject({
  title: taskTitleSchema,
  listName: listNameSchema.nullable(),
  due: dueSchema.nullable(),
});
export type NewTask = z.infer<typeof newTaskSchema>;

const taskIds = z.array(idSchema('task')).max(bulkLimit);
const actSchema = z.enum(['complete', 'delete']);
const askedAt = z.iso.datetime();

/** A question of the bot that waits for an answer, and when it was asked. */
export const pendingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('confirm'), act: actSchema, taskIds, askedAt }),
  z.strictObject({ kind: z.literal('add'), newTasks: z.array(newTaskSchema).min(1).max(commandsLimit), askedAt }),
  z.strictObject({ kind: z.literal('choose'), act: actSchema, taskIds, askedAt }),
  z.strictObject({ kind: z.literal('which'), act: actSchema, askedAt }),
  z.strictObject({
    kind: z.literal('title'),
    listName: listNameSchema.nullable(),
    due: dueSchema.nullable(),
    askedAt,
  }),
]);
export type Pending = z.infer<typeof pendingSchema>;
export type Act = z.infer<typeof actSchema>;

/** What the dialogue remembers between two messages. */
export const dialogueStateSchema = z.strictObject({
  pending: pendingSchema.nullable(),
  /** The last numbered list, in the order shown: "the second one" counts in it. */
  listedIds: taskIds,
  /** What was spoken of last: "it" and "them". */
  focusIds: taskIds,
});
export type DialogueState = z.infer<typeof dialogueStateSchema>;

/** Nothing asked, nothing listed. */
export const initialState: DialogueState = { pending: null, listedIds: [], focusIds: [] };
