import type { evaluationSchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';

/** Most pages of one file: the whole of it is in memory before it is saved. */
const mostPages = 500;

type LoadPage = (cursor: string | null) => Promise<z.infer<typeof evaluationSchema>>;

/** Every line of the evaluation file as JSON Lines. All of it or an error: a part would be taken for the whole. */
export async function readEvaluation(load: LoadPage): Promise<{ readonly lines: number; readonly content: string }> {
  const lines: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor } = await load(cursor);
    for (const item of items) lines.push(`${JSON.stringify(item)}\n`);
    if (nextCursor === null) return { lines: lines.length, content: lines.join('') };
    cursor = nextCursor;
  }
  throw new Error(`There is more than a file holds: ${mostPages} pages.`);
}
