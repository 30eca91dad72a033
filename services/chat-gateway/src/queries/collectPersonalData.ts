import {
  type CollectPersonalData,
  inPages,
  type PersonalRecord,
  type PersonBox,
  type PersonBoxes,
} from '@todo-chatbot/service-kit';
import type { Conversation, Message, PrismaClient } from '../../generated/prisma/client.ts';
import { openPlan, openState, openTasks, openText } from '../adapters/sealedConversation.ts';

const inOrder = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

/**
 * Conversations, oldest first, and behind each its messages as they were said. The person's keys are asked for at each record, so that
 * an export ends when they are destroyed. @throws SealBroken; ProblemError as {@link PersonBoxes.of} does.
 */
export function createCollectPersonalData({
  prisma,
  boxes,
  pageRows,
}: {
  readonly prisma: Pick<PrismaClient, 'conversation' | 'message'>;
  readonly boxes: PersonBoxes;
  /** For tests of the pages. */
  readonly pageRows?: number;
}): CollectPersonalData {
  const conversationsOf = (userId: string) =>
    inPages<Conversation>((after, take) => {
      const where = { userId, ...(after && behind(after)) };
      return prisma.conversation.findMany({ where, orderBy: inOrder, take });
    }, pageRows);
  const messagesIn = (conversationId: string) =>
    inPages<Message>((after, take) => {
      const where = { conversationId, ...(after && behind(after)) };
      return prisma.message.findMany({ where, orderBy: inOrder, take });
    }, pageRows);
  return async function* collect(personId) {
    for await (const conversation of conversationsOf(personId)) {
      yield conversationRecord(await boxes.of(personId), conversation);
      for await (const message of messagesIn(conversation.id)) {
        yield messageRecord(await boxes.of(personId), message);
      }
    }
  };
}

/** What comes after a row that was read: what is deleted meanwhile makes no other row be missed. */
function behind({ createdAt, id }: Pick<Message, 'createdAt' | 'id'>) {
  return { OR: [{ createdAt: { gt: createdAt } }, { createdAt, id: { gt: id } }] };
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
