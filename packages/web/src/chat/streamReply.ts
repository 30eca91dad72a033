import { type PostMessageResponse, postMessageResponseSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { send } from '../api/client.ts';
import { failureOf, RequestFailed } from '../api/problem.ts';
import { readServerSentEvents } from '../api/serverSentEvents.ts';

/** Longest wait for a whole streamed answer. */
const streamTimeoutMs = 60_000;

const deltaSchema = z.object({ text: z.string() });

/** Sends a message and reads its answer as it comes. `onText` gets the reply so far. */
export async function streamReply(
  message: { text: string; conversationId: string | null; idempotencyKey: string },
  onText: (textSoFar: string) => void,
): Promise<PostMessageResponse> {
  const response = await send('POST', '/chat/messages', {
    accept: 'text/event-stream',
    idempotencyKey: message.idempotencyKey,
    signal: AbortSignal.timeout(streamTimeoutMs),
    body: {
      text: message.text,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(message.conversationId === null ? {} : { conversationId: message.conversationId }),
    },
  });
  if (!response.body) throw new RequestFailed(0, 'network', 'The answer has no body.');
  let text = '';
  for await (const { name, data } of readServerSentEvents(chunksOf(response.body))) {
    const value: unknown = JSON.parse(data);
    if (name === 'delta') {
      text += deltaSchema.parse(value).text;
      onText(text);
    }
    if (name === 'error') throw failureOf(500, value);
    if (name === 'done') return postMessageResponseSchema.parse(value);
  }
  throw new RequestFailed(0, 'network', 'The answer broke off. Send the message again: it is acted upon only once.');
}

/** Not every browser can iterate over a stream directly. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
