import type { evaluationSchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';
import { RequestFailed } from '../api/problem.ts';

/** Most pages of one file: the whole of it is in memory before it is saved. */
const mostPages = 500;

type Page = z.infer<typeof evaluationSchema>;

interface EvaluationSource {
  readonly load: (cursor: string | null) => Promise<Page>;
  readonly wait: (seconds: number) => Promise<void>;
}

/** Every line of the evaluation file as JSON Lines. All of it or an error: a part would be taken for the whole. */
export async function readEvaluation(
  source: EvaluationSource,
): Promise<{ readonly lines: number; readonly content: string }> {
  const lines: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor }: Page = await loadPatiently(source, cursor);
    for (const item of items) lines.push(`${JSON.stringify(item)}\n`);
    if (nextCursor === null) return { lines: lines.length, content: lines.join('') };
    cursor = nextCursor;
  }
  throw new Error(`There is more than a file holds: ${mostPages} pages.`);
}

/** A long file takes more requests than a person may send in a minute: once per page, it is waited until there may be more. */
async function loadPatiently({ load, wait }: EvaluationSource, cursor: string | null): Promise<Page> {
  try {
    return await load(cursor);
  } catch (error) {
    if (!(error instanceof RequestFailed) || error.status !== 429 || error.retryAfterSeconds === undefined) throw error;
    await wait(error.retryAfterSeconds);
    return load(cursor);
  }
}
