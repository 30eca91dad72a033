import { randomUUID } from 'node:crypto';
import { chatMessageSchema, newId, type PostMessageResponse, postMessageResponseSchema } from '@todo-chatbot/contracts';
import { addToOutbox, ProblemError, type RawSql } from '@todo-chatbot/service-kit';
import { type Conversation, type Message, Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import { planSchema } from '../domain/dialogue.ts';
import { dialogueStateSchema, initialState } from '../domain/dialogueState.ts';
import type { BeginResult, ConversationStore, IncomingMessage } from '../ports/conversationStore.ts';

/**
 * A crashed process blocks its conversation for this long. It is longer than a turn may last, so that a running turn never
 * loses its lease.
 */
const leaseMs = 15_000;

/** Messages that a conversation shows; older ones stay stored. */
const shownMessagesLimit = 200;

type Transaction = Prisma.TransactionClient;

/** Conversations in PostgreSQL. */
export function createPrismaConversationStore(prisma: PrismaClient): ConversationStore {
  return {
    async begin(message, now) {
      try {
        return await prisma.$transaction((tx) => beginTurn(tx, message, now));
      } catch (error) {
        // Two first messages with one key may both miss each other's row; the index lets one in, and the other waits for it.
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return { kind: 'busy' };
        throw error;
      }
    },

    async rememberPlan(turn, plan) {
      await prisma.message.update({ where: { id: turn.messageId }, data: { plan } });
    },

    async finish(turn, { answer, answeredAt, state, events }) {
      await prisma.$transaction(async (tx) => {
        await lockPerson(tx, turn.userId);
        const { count } = await tx.conversation.updateMany({
          where: { id: turn.conversationId, leaseToken: turn.leaseToken },
          data: { state, leaseToken: null, leaseUntil: null, updatedAt: answeredAt },
        });
        if (count === 0)
          throw new ProblemError('upstream.unavailable', { cause: new Error('the turn lost its lease') });
        await tx.message.create({
          data: {
            id: answer.messageId,
            conversationId: turn.conversationId,
            userId: turn.userId,
            author: 'bot',
            text: answer.reply,
            createdAt: answeredAt,
            inReplyTo: turn.messageId,
            templateId: answer.templateId,
            intent: answer.intent,
            tasks: [...answer.tasks],
          },
        });
        await tx.message.update({ where: { id: turn.messageId }, data: { plan: Prisma.DbNull } });
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
      return prisma.$transaction(async (tx) => {
        await lockPerson(tx, owner.userId);
        const found = await findConversation(tx, owner);
        if (found === 'no-such-conversation') return null;
        return (found ?? (await createConversation(tx, { userId: owner.userId, now }))).id;
      });
    },

    async latest(userId) {
      const found = await prisma.conversation.findFirst({
        where: { userId },
        orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
        include: { messages: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: shownMessagesLimit } },
      });
      return found && { id: found.id, messages: found.messages.reverse().map(shownMessage) };
    },

    async record(events) {
      await addToOutbox(prisma, events);
    },
  };
}

async function beginTurn(tx: Transaction, message: IncomingMessage, now: Date): Promise<BeginResult> {
  await lockPerson(tx, message.userId);
  const earlier = await findEarlier(tx, message);
  if (earlier !== null && !isSameMessage(earlier, message)) return { kind: 'conflict' };
  const answer = earlier && (await tx.message.findUnique({ where: { inReplyTo: earlier.id } }));
  if (answer) return { kind: 'answered', answer: storedAnswer(answer) };

  const conversationId = earlier?.conversationId ?? message.conversationId;
  const conversation = await findConversation(tx, { userId: message.userId, conversationId });
  if (conversation === 'no-such-conversation') return { kind: 'no-such-conversation' };
  if (conversation?.leaseUntil && conversation.leaseUntil > now) return { kind: 'busy' };
  const lease = { leaseToken: randomUUID(), leaseUntil: new Date(now.getTime() + leaseMs) };

  const { id, state } = conversation
    ? await tx.conversation.update({ where: { id: conversation.id }, data: lease })
    : await createConversation(tx, { userId: message.userId, now, lease });
  const { id: messageId, createdAt: receivedAt } = earlier ?? (await createMessage(tx, message, id));
  return {
    kind: 'begun',
    turn: {
      conversationId: id,
      userId: message.userId,
      messageId,
      receivedAt,
      state: dialogueStateSchema.parse(state),
      plan: planSchema.nullable().parse(earlier?.plan ?? null),
      leaseToken: lease.leaseToken,
    },
  };
}

/** Turns of one person begin and end one after the other, on any replica; the lock ends with the transaction. */
export async function lockPerson(tx: RawSql, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 0))`;
}

async function findEarlier(tx: Transaction, { userId, idempotencyKey }: IncomingMessage): Promise<Message | null> {
  if (idempotencyKey === null) return null;
  return tx.message.findUnique({ where: { userId_idempotencyKey: { userId, idempotencyKey } } });
}

function isSameMessage(earlier: Message, { text, conversationId }: IncomingMessage): boolean {
  return earlier.text === text && (conversationId === null || earlier.conversationId === conversationId);
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
  options: { userId: string; now: Date; lease?: { leaseToken: string; leaseUntil: Date } },
): Promise<Conversation> {
  const { userId, now, lease } = options;
  return tx.conversation.create({
    data: { id: newId('conversation'), userId, state: initialState, createdAt: now, updatedAt: now, ...lease },
  });
}

function createMessage(tx: Transaction, message: IncomingMessage, conversationId: string): Promise<Message> {
  const { userId, text, idempotencyKey, receivedAt } = message;
  return tx.message.create({
    data: { id: newId('message'), conversationId, userId, author: 'user', text, createdAt: receivedAt, idempotencyKey },
  });
}

function storedAnswer({ conversationId, id, text, templateId, intent, tasks }: Message): PostMessageResponse {
  return postMessageResponseSchema.parse({ conversationId, messageId: id, reply: text, templateId, intent, tasks });
}

function shownMessage({ id, author, text, createdAt }: Message) {
  return chatMessageSchema.parse({ id, author, text, createdAt: createdAt.toISOString() });
}
