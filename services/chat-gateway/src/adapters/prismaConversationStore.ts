import { randomUUID } from 'node:crypto';
import { chatMessageSchema, newId, type PostMessageResponse, postMessageResponseSchema } from '@todo-chatbot/contracts';
import { addToOutbox, type PersonBox, type PersonBoxes, ProblemError, type RawSql } from '@todo-chatbot/service-kit';
import { type Conversation, type Message, Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import { initialState } from '../domain/dialogueState.ts';
import type { BeginResult, ConversationStore, IncomingMessage } from '../ports/conversationStore.ts';
import {
  indexOfKey,
  openPlan,
  openState,
  openTasks,
  openText,
  sealPlan,
  sealState,
  sealTasks,
  sealText,
} from './sealedConversation.ts';

/**
 * A crashed process blocks its conversation for this long. It is longer than a turn may last, so that a running turn never
 * loses its lease.
 */
const leaseMs = 15_000;

/** Messages that a conversation shows; older ones stay stored. */
const shownMessagesLimit = 200;

type Transaction = Prisma.TransactionClient;

/** Conversations in PostgreSQL, sealed under the keys of their people. */
export function createPrismaConversationStore({
  prisma,
  boxes,
}: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): ConversationStore {
  return {
    async begin(message, now) {
      const box = await boxes.of(message.userId);
      try {
        return await prisma.$transaction((tx) => beginTurn(tx, { box, message, now }));
      } catch (error) {
        // Two first messages with one key may both miss each other's row; the index lets one in, and the other waits for it.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return { kind: 'busy' };
        throw error;
      }
    },

    async rememberPlan(turn, plan) {
      const sealed = sealPlan(turn.box, turn.messageId, plan);
      await prisma.message.update({ where: { id: turn.messageId }, data: { plan: sealed } });
    },

    async finish(turn, { answer, answeredAt, state, events }) {
      const { box } = turn;
      await prisma.$transaction(async (tx) => {
        await lockPerson(tx, turn.userId);
        const { count } = await tx.conversation.updateMany({
          where: { id: turn.conversationId, leaseToken: turn.leaseToken },
          data: {
            state: sealState(box, turn.conversationId, state),
            leaseToken: null,
            leaseUntil: null,
            updatedAt: answeredAt,
          },
        });
        if (count === 0)
          throw new ProblemError('upstream.unavailable', { cause: new Error('the turn lost its lease') });
        await tx.message.create({
          data: {
            id: answer.messageId,
            conversationId: turn.conversationId,
            userId: turn.userId,
            author: 'bot',
            text: sealText(box, answer.messageId, answer.reply),
            createdAt: answeredAt,
            inReplyTo: turn.messageId,
            templateId: answer.templateId,
            intent: answer.intent,
            tasks: sealTasks(box, answer.messageId, answer.tasks),
          },
        });
        await tx.message.update({ where: { id: turn.messageId }, data: { plan: null } });
        await addToOutbox(tx, events);
      });
    },

    async abandon(turn) {
      await prisma.conversation.updateMany({
        where: { id: turn.conversationId, leaseToken: turn.leaseToken },
        data: { leaseToken: null, leaseUntil: null },
      });
    },

    async conversationFor(owner, now) {
      const box = await boxes.of(owner.userId);
      return prisma.$transaction(async (tx) => {
        await lockPerson(tx, owner.userId);
        const found = await findConversation(tx, owner);
        if (found === 'no-such-conversation') return null;
        return (found ?? (await createConversation(tx, { box, now }))).id;
      });
    },

    async latest(userId) {
      const found = await prisma.conversation.findFirst({
        where: { userId },
        orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
        include: { messages: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: shownMessagesLimit } },
      });
      if (found === null) return null;
      const box = await boxes.of(userId);
      return { id: found.id, messages: found.messages.reverse().map((message) => shownMessage(box, message)) };
    },

    async record(events) {
      await addToOutbox(prisma, events);
    },
  };
}

/** A message that asks for a turn, and the box of its person. */
interface Beginning {
  readonly box: PersonBox;
  readonly message: IncomingMessage;
  readonly now: Date;
}

async function beginTurn(tx: Transaction, beginning: Beginning): Promise<BeginResult> {
  const { box, message, now } = beginning;
  await lockPerson(tx, message.userId);
  const earlier = await findEarlier(tx, beginning);
  if (earlier !== null && !isSameMessage(earlier, beginning)) return { kind: 'conflict' };
  const answer = earlier && (await tx.message.findUnique({ where: { inReplyTo: earlier.id } }));
  if (answer) return { kind: 'answered', answer: storedAnswer(box, answer) };

  const conversationId = earlier?.conversationId ?? message.conversationId;
  const conversation = await findConversation(tx, { userId: message.userId, conversationId });
  if (conversation === 'no-such-conversation') return { kind: 'no-such-conversation' };
  if (conversation?.leaseUntil && conversation.leaseUntil > now) return { kind: 'busy' };
  const lease = { leaseToken: randomUUID(), leaseUntil: new Date(now.getTime() + leaseMs) };

  const current = conversation
    ? await tx.conversation.update({ where: { id: conversation.id }, data: lease })
    : await createConversation(tx, { box, now, lease });
  const asked = earlier ?? (await createMessage(tx, beginning, current.id));
  return {
    kind: 'begun',
    turn: {
      conversationId: current.id,
      userId: message.userId,
      box,
      messageId: asked.id,
      receivedAt: asked.createdAt,
      state: openState(box, current),
      plan: openPlan(box, asked),
      leaseToken: lease.leaseToken,
    },
  };
}

/** Turns of one person begin and end one after the other, on any replica; the lock ends with the transaction. */
export async function lockPerson(tx: RawSql, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 0))`;
}

async function findEarlier(
  tx: Transaction,
  { box, message: { userId, idempotencyKey } }: Beginning,
): Promise<Message | null> {
  const idempotencyKeyIndex = indexOfKey(box, idempotencyKey);
  if (idempotencyKeyIndex === null) return null;
  return tx.message.findUnique({ where: { userId_idempotencyKeyIndex: { userId, idempotencyKeyIndex } } });
}

function isSameMessage(earlier: Message, { box, message: { text, conversationId } }: Beginning): boolean {
  return openText(box, earlier) === text && (conversationId === null || earlier.conversationId === conversationId);
}

/** `null`: there is none yet. Somebody else's conversation is as good as none at all. */
async function findConversation(
  tx: Transaction,
  { userId, conversationId: id }: { userId: string; conversationId: string | null },
): Promise<Conversation | null | 'no-such-conversation'> {
  if (id === null)
    return tx.conversation.findFirst({ where: { userId }, orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }] });
  return (await tx.conversation.findFirst({ where: { id, userId } })) ?? 'no-such-conversation';
}

function createConversation(
  tx: Transaction,
  options: { box: PersonBox; now: Date; lease?: { leaseToken: string; leaseUntil: Date } },
): Promise<Conversation> {
  const { box, now, lease } = options;
  const id = newId('conversation');
  const state = sealState(box, id, initialState);
  return tx.conversation.create({
    data: { id, userId: box.personId, state, createdAt: now, updatedAt: now, ...lease },
  });
}

function createMessage(tx: Transaction, { box, message }: Beginning, conversationId: string): Promise<Message> {
  const id = newId('message');
  return tx.message.create({
    data: {
      id,
      conversationId,
      userId: message.userId,
      author: 'user',
      text: sealText(box, id, message.text),
      createdAt: message.receivedAt,
      idempotencyKeyIndex: indexOfKey(box, message.idempotencyKey),
    },
  });
}

function storedAnswer(box: PersonBox, message: Message): PostMessageResponse {
  const { conversationId, id: messageId, templateId, intent } = message;
  const [reply, tasks] = [openText(box, message), openTasks(box, message)];
  return postMessageResponseSchema.parse({ conversationId, messageId, reply, templateId, intent, tasks });
}

function shownMessage(box: PersonBox, message: Message) {
  const { id, author, createdAt } = message;
  return chatMessageSchema.parse({ id, author, text: openText(box, message), createdAt: createdAt.toISOString() });
}
