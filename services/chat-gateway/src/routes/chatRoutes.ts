import {
  conversationSchema,
  idempotencyKeySchema,
  type PostMessageResponse,
  postMessageRequestSchema,
  postMessageResponseSchema,
} from '@todo-chatbot/contracts';
import {
  asProblemError,
  defineRoute,
  type Logger,
  ProblemError,
  type Route,
  toProblem,
} from '@todo-chatbot/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { beginEventStream, eventText } from '../adapters/serverSentEvents.ts';
import type { RunChatTurn } from '../commands/chatTurn.ts';
import type { ConversationStore } from '../ports/conversationStore.ts';
import type { PersonTokens } from './personTokens.ts';

/** Pieces of a streamed reply have about this many characters. */
const deltaLength = 24;

interface ChatRouteOptions {
  readonly runChatTurn: RunChatTurn;
  readonly store: Pick<ConversationStore, 'latest'>;
  readonly tokens: PersonTokens;
  readonly logger: Pick<Logger, 'error'>;
}

/** The conversation: one message in, one answer out, as JSON or streamed. */
export function chatRoutes({ runChatTurn, store, tokens, logger }: ChatRouteOptions): Route[] {
  return [
    defineRoute({
      operation: 'postMessage',
      method: 'POST',
      path: '/api/v1/chat/messages',
      permission: 'chat.own.use',
      purpose: 'assistant',
      request: {
        body: postMessageRequestSchema,
        headers: z.object({ 'idempotency-key': idempotencyKeySchema.optional() }),
      },
      raw: true,
      responses: { 200: postMessageResponseSchema },
      handler: async ({ body, headers, user, req, res }) => {
        const format = req.accepts(['application/json', 'text/event-stream']);
        if (format === false) throw new ProblemError('request.not-acceptable');
        const turn = () =>
          runChatTurn({
            userId: user.userId,
            userToken: tokens.tokenOf(user),
            text: body.text,
            conversationId: body.conversationId ?? null,
            timeZone: body.timeZone ?? 'UTC',
            idempotencyKey: headers['idempotency-key'] ?? null,
          });
        if (format === 'text/event-stream') await streamTurn(res, turn, logger);
        else res.setHeader('cache-control', 'no-store').json(postMessageResponseSchema.parse(await turn()));
      },
    }),
    defineRoute({
      operation: 'getMessages',
      method: 'GET',
      path: '/api/v1/chat/messages',
      permission: 'chat.own.use',
      responses: { 200: conversationSchema },
      handler: async ({ user }) => {
        const latest = await store.latest(user.userId);
        return { status: 200, body: { id: latest?.id ?? null, messages: [...(latest?.messages ?? [])] } };
      },
    }),
  ];
}

/** The turn goes on when the reader leaves: its answer is stored, and a repeat with the same key gets it. */
async function streamTurn(
  res: Response,
  turn: () => Promise<PostMessageResponse>,
  logger: Pick<Logger, 'error'>,
): Promise<void> {
  beginEventStream(res);
  try {
    const answer = postMessageResponseSchema.parse(await turn());
    for (const text of piecesOf(answer.reply)) res.write(eventText('delta', { text }));
    res.write(eventText('done', answer));
  } catch (error) {
    const problem = asProblemError(error);
    if (problem.status >= 500) logger.error({ err: error, code: problem.code }, 'a streamed turn failed');
    res.write(eventText('error', toProblem(problem)));
  }
  res.end();
}

/** The reply in pieces that end where a word does; together they are the reply. */
function piecesOf(reply: string): string[] {
  const pieces: string[] = [];
  for (const word of reply.split(/(?<=\s)/)) {
    const last = pieces.at(-1);
    if (last === undefined || last.length + word.length > deltaLength) pieces.push(word);
    else pieces.splice(-1, 1, last + word);
  }
  return pieces;
}
