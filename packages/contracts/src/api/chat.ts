import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { instantSchema, oneOf } from '../leaves.ts';
import { timeZoneSchema } from './common.ts';
import { taskSchema } from './task.ts';

/** Longest message a person may send, in UTF-16 code units. */
export const messageTextLimit = 4000;

/** A message to the bot. */
export const postMessageRequestSchema = z.strictObject({
  text: annotated(
    // PostgreSQL holds neither; and text with half a character in it would come back changed.
    z
      .string()
      .min(1)
      .max(messageTextLimit)
      .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text'),
    'conversation.content',
  ),
  conversationId: idSchema('conversation').optional(),
  /** The person's time zone; `UTC` when absent. */
  timeZone: timeZoneSchema.optional(),
});

/** The bot's answer. `templateId` names the reply (CHAT-5); `tasks` are those it speaks of, in the order it lists them. */
export const postMessageResponseSchema = z.strictObject({
  conversationId: idSchema('conversation'),
  messageId: idSchema('message'),
  reply: annotated(z.string().max(20_000), 'conversation.content'),
  templateId: annotated(z.string().max(100), 'protocol.internal'),
  intent: annotated(z.string().max(50), 'protocol.internal'),
  tasks: z.array(taskSchema).max(50),
  /** Only of a message that was refused: the decision, for which the person may say that the message was harmless. */
  judgementId: idSchema('judgement').optional(),
});
export type PostMessageResponse = z.infer<typeof postMessageResponseSchema>;

/** Server-sent events of a streamed answer: `delta` pieces of the reply, then one `done` with the whole, or one `error` with a problem. */
export const chatStreamEvents = ['delta', 'done', 'error'] as const;

/** A message of a conversation, the person's or the bot's. */
export const chatMessageSchema = z.strictObject({
  id: idSchema('message'),
  author: oneOf(['user', 'bot']),
  text: annotated(z.string().max(20_000), 'conversation.content'),
  createdAt: instantSchema,
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** The latest conversation, oldest message first. */
export const conversationSchema = z.strictObject({
  id: idSchema('conversation').nullable(),
  /** Oldest first. */
  messages: z.array(chatMessageSchema).max(200),
});
