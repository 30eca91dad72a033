import type { CollectPersonalData, PersonalRecord, PersonBox, PersonBoxes } from '@todo-chatbot/service-kit';
import type { Conversation, Message, PrismaClient } from '../../generated/prisma/client.ts';
import { openPlan, openState, openTasks, openText } from '../adapters/sealedConversation.ts';

/** Rows read at a time: the longest answers there are, with the most tasks, are some 17 MB then. */
const defaultPageSize = 100;

const inOrder = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

/**
 * Conversations, oldest first, and behind each its messages as they were said. The person's keys are asked for at each record, so that
 * an export ends when they are destroyed. @throws SealBroken; ProblemError as {@link PersonBoxes.of} does.
 */
export function createCollectPersonalData({
  prisma,
  boxes,
  pageSize = defaultPageSize,
}: {
  readonly prisma: Pick<PrismaClient, 'conversation' | 'message'>;
  readonly boxes: PersonBoxes;
  /** For tests of the pages. */
  readonly pageSize?: number;
}): CollectPersonalData {
  const conversationsOf = (userId: string) =>
    rowsOf(pageSize, (behind) =>
      prisma.conversation.findMany({ where: { userId, ...behind }, orderBy: inOrder, take: pageSize }),
    );
  const messagesIn = (conversationId: string) =>
    rowsOf(pageSize, (behind) =>
      prisma.message.findMany({ where: { conversationId, ...behind }, orderBy: inOrder, take: pageSize }),
    );
  return async function* collect(personId) {
    for await (const conversation of conversationsOf(personId)) {
      yield conversationRecord(await boxes.of(personId), conversation);
      for await (const message of messagesIn(conversation.id)) {
        yield messageRecord(await boxes.of(personId), message);
      }
    }
  };
}

/** All rows, each page behind the last row that was read: what is deleted meanwhile makes no other row be missed. */
async function* rowsOf<R extends { readonly createdAt: Date; readonly id: string }>(
  pageSize: number,
  read: (behind: object) => Promise<R[]>,
): AsyncGenerator<R> {
  for (let behind = {}, isComplete = false; !isComplete; ) {
    const page = await read(behind);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) isComplete = true;
    else behind = { OR: [{ createdAt: { gt: last.createdAt } }, { createdAt: last.createdAt, id: { gt: last.id } }] };
  }
}

function conversationRecord(box: PersonBox, conversation: Conversation): PersonalRecord {
  const { id, createdAt, updatedAt } = conversation;
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { kind: 'conversation', record: { id, ...times, remembered: openState(box, conversation) } };
}

function messageRecord(box: PersonBox, message: Message): PersonalRecord {
  const { id, conversationId, author, inReplyTo, templateId, intent } = message;
  const createdAt = message.createdAt.toISOString();
  const said = { id, conversationId, author, createdAt, text: openText(box, message) };
  const rest =
    author === 'bot'
      ? { inReplyTo, templateId, intent, tasks: openTasks(box, message) }
      : { decided: openPlan(box, message) };
  return { kind: 'message', record: { ...said, ...rest } };
}
