import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Who reads more slowly holds a connection for nothing: the access token has run out by then. */
const answerTimeoutMs = 1_800_000;

/**
 * Sends a stream as the body of an answer. An error on the way destroys the connection, so that half an answer does not look like a whole
 * one; a reader who goes away is none.
 */
export async function streamAnswer(content: Readable, res: Response): Promise<void> {
  try {
    await pipeline(content, res, { signal: AbortSignal.timeout(answerTimeoutMs) });
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
