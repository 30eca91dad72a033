import { type PostMessageResponse, postMessageResponseSchema } from '@todo-chatbot/contracts';
import type { PersonBox } from '@todo-chatbot/service-kit';
import type { Conversation, Message } from '../../generated/prisma/client.ts';
import { type Plan, planSchema } from '../domain/dialogue.ts';
import { type DialogueState, dialogueStateSchema } from '../domain/dialogueState.ts';

/** Scope of the keys for the rows of this service. */
export const conversationScope = 'chat-gateway';

type Sealed = Uint8Array<ArrayBuffer>;
type Tasks = PostMessageResponse['tasks'];

const stateIn = (row: string) => ({ field: 'conversations.state', row });
const textIn = (row: string) => ({ field: 'messages.text', row });
const planIn = (row: string) => ({ field: 'messages.plan', row });
const tasksIn = (row: string) => ({ field: 'messages.tasks', row });

/** What the dialogue remembers, for the row of its conversation. */
export function sealState(box: PersonBox, conversationId: string, state: DialogueState): Sealed {
  return box.seal(stateIn(conversationId), JSON.stringify(state));
}

/** @throws SealBroken */
export function openState(box: PersonBox, { id, state }: Pick<Conversation, 'id' | 'state'>): DialogueState {
  return dialogueStateSchema.parse(JSON.parse(box.open(stateIn(id), state)));
}

/** What somebody said, for the row of the message. */
export function sealText(box: PersonBox, messageId: string, text: string): Sealed {
  return box.seal(textIn(messageId), text);
}

/** @throws SealBroken */
export function openText(box: PersonBox, { id, text }: Pick<Message, 'id' | 'text'>): string {
  return box.open(textIn(id), text);
}

/** What was decided about a message, for its row. */
export function sealPlan(box: PersonBox, messageId: string, plan: Plan): Sealed {
  return box.seal(planIn(messageId), JSON.stringify(plan));
}

/** `null`: nothing is left to do. @throws SealBroken */
export function openPlan(box: PersonBox, { id, plan }: Pick<Message, 'id' | 'plan'>): Plan | null {
  return plan === null ? null : planSchema.parse(JSON.parse(box.open(planIn(id), plan)));
}

/** The tasks that an answer speaks of, for its row. */
export function sealTasks(box: PersonBox, messageId: string, tasks: Tasks): Sealed {
  return box.seal(tasksIn(messageId), JSON.stringify(tasks));
}

/** None for what a person said. @throws SealBroken */
export function openTasks(box: PersonBox, { id, tasks }: Pick<Message, 'id' | 'tasks'>): Tasks {
  if (tasks === null) return [];
  return postMessageResponseSchema.shape.tasks.parse(JSON.parse(box.open(tasksIn(id), tasks)));
}

/** By this a message is found again under the key that its client chose; `null` for one without. */
export function indexOfKey(box: PersonBox, idempotencyKey: string | null): Sealed | null {
  return idempotencyKey === null ? null : box.index('messages.idempotency_key_index', idempotencyKey);
}
