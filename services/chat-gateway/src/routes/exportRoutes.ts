import { Readable } from 'node:stream';
import {
  downloadExportRequestSchema,
  exportChunkHeaders,
  exportLinkSchema,
  exportParamsSchema,
  exportsSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createAuthService } from './account/authService.ts';
import type { PersonTokens } from './personTokens.ts';
import type { CountRequest } from './requestCounter.ts';
import { streamAnswer } from './streamAnswer.ts';

interface ExportOptions {
  readonly dapr: Pick<Dapr, 'invoke' | 'invokeBytes'>;
  readonly tokens: PersonTokens;
  readonly count: CountRequest;
}

interface Chunk {
  readonly content: Buffer;
  /** Of the whole archive. */
  readonly bytes: number;
  readonly chunks: number;
}
type FetchChunk = (chunk: number) => Promise<Chunk>;

/** `auth` reads and opens half a megabyte. */
const chunkTimeoutMs = 10_000;

const sizesSchema = z.object({ bytes: z.coerce.number().int().min(1), chunks: z.coerce.number().int().min(1) });

/** Everything that is kept of the person, as one file (PRIV-3). */
export function exportRoutes({ dapr, tokens, count }: ExportOptions): Route[] {
  const auth = createAuthService({ dapr, tokens });
  return [
    auth.forward({
      operation: 'listExports',
      method: 'GET',
      path: '/api/v1/privacy/exports',
      pathAtAuth: '/v1/exports',
      permission: 'account.own.read',
      status: 200,
      answer: exportsSchema,
    }),
    auth.forward({
      operation: 'requestExport',
      method: 'POST',
      path: '/api/v1/privacy/exports',
      pathAtAuth: '/v1/exports',
      permission: 'account.own.read',
      stepUp: true,
      status: 202,
      answer: exportsSchema,
    }),
    auth.forward({
      operation: 'createExportLink',
      method: 'POST',
      path: '/api/v1/privacy/exports/:id/link',
      pathAtAuth: '/v1/exports/link/:id',
      permission: 'account.own.read',
      stepUp: true,
      request: { params: exportParamsSchema },
      status: 201,
      answer: exportLinkSchema,
    }),
    // The token is in the body: a URL is in spans, logs and histories.
    defineRoute({
      operation: 'downloadExport',
      method: 'POST',
      path: '/api/v1/privacy/exports/download',
      permission: 'account.own.read',
      request: { body: downloadExportRequestSchema },
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ body: { token }, user, context, signal, res }) => {
        await count('exports', user.userId, context);
        const fetchChunk = chunksOf({ dapr, userToken: tokens.tokenOf(user), token, signal });
        // A refusal has to come before the answer begins.
        const first = await fetchChunk(0);
        res.status(200).set({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': 'attachment; filename="my-data.json"',
          // What is shorter than this has broken off.
          'content-length': String(first.bytes),
          'cache-control': 'no-store',
        });
        await streamAnswer(Readable.from(contentOf(first, fetchChunk), { highWaterMark: 1 }), res);
      },
    }),
  ];
}

function chunksOf(options: {
  readonly dapr: Pick<Dapr, 'invokeBytes'>;
  readonly userToken: string;
  readonly token: string;
  /** Aborted when the reader goes away. */
  readonly signal: AbortSignal;
}): FetchChunk {
  const { dapr, userToken, token, signal } = options;
  return async (chunk) => {
    const { body, headers } = await dapr.invokeBytes({
      appId: 'auth',
      method: 'POST',
      path: '/v1/exports/chunk',
      body: { token, chunk },
      userToken,
      signal,
      timeoutMs: chunkTimeoutMs,
    });
    const sizes = sizesSchema.safeParse({
      bytes: headers.get(exportChunkHeaders.bytes),
      chunks: headers.get(exportChunkHeaders.chunks),
    });
    if (!sizes.success) throw new ProblemError('internal.error', { cause: sizes.error });
    return { content: body, ...sizes.data };
  };
}

/** The archive chunk by chunk: the next one is fetched when the reader has taken the one before. */
async function* contentOf(first: Chunk, fetchChunk: FetchChunk): AsyncGenerator<Buffer> {
  yield first.content;
  for (let chunk = 1; chunk < first.chunks; chunk += 1) yield (await fetchChunk(chunk)).content;
}
