import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { GuardrailDirection } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { loadGuard } from './adapters/loadGuard.ts';
import { judgeLong } from './domain/judgeLong.ts';

const usage = `Usage: npm run --silent guardrail:judge -- [--mode input|document|output] [--response]

Reads JSON lines {"id","text"} on standard input and writes, in their order and each as soon as it is judged, JSON lines
{"id","flagged","score"} with the default settings of the product: "flagged" means that the product would block the text, and "score" is
0 (harmless) to 1 (attack). A line that cannot be read is told on standard error and answered with "flagged": true and an "error".
Texts of more than 8,000 characters are judged in pieces, replies excepted.
  --mode document   the texts are third parties', to be read by a language model: judged more strictly
  --response        the texts are replies of the bot (the same as --mode output)
`;

/** A line of a longest text, each character escaped, with room for an id. */
const lineLimit = 1024 * 1024;

const lineSchema = z.object({ id: z.union([z.string(), z.number(), z.null()]).default(null), text: z.string() });
const idSchema = z.object({ id: z.union([z.string(), z.number()]) });

/** What some editors write before the first line. */
const byteOrderMark = '\ufeff';

/** The lines of a stream of text; `null` for one that is longer than the limit, of which nothing is kept. */
async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<string | null> {
  let rest = '';
  let isTooLong = false;
  let isFirst = true;
  for await (const chunk of stream) {
    const lines = (rest + (isFirst && chunk.startsWith(byteOrderMark) ? chunk.slice(1) : chunk)).split('\n');
    isFirst = false;
    rest = lines.pop() ?? '';
    for (const line of lines) {
      yield isTooLong || line.length > lineLimit ? null : line;
      isTooLong = false;
    }
    if (rest.length > lineLimit) isTooLong = true;
    if (isTooLong) rest = '';
  }
  if (isTooLong) yield null;
  else if (rest !== '') yield rest;
}

/** The answer to a line: what the guard says, or why it could say nothing. */
function answerTo(line: string | null, direction: GuardrailDirection): object {
  try {
    if (line === null) throw new RangeError(`a line has more than ${lineLimit} characters`);
    const { id, text } = lineSchema.parse(JSON.parse(line));
    const { verdict, score } =
      direction === 'output' ? guard.judge({ text, direction }) : judgeLong(guard, { text, direction });
    return { id, flagged: verdict === 'block', score };
  } catch (cause) {
    const error = faultOf(cause);
    process.stderr.write(`${error}\n`);
    return { id: idOf(line), flagged: true, score: 1, error };
  }
}

function faultOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'a line is no JSON';
  if (cause instanceof z.ZodError) return 'a line is no object with an id and a text';
  return cause instanceof RangeError ? cause.message : 'a line could not be judged';
}

function idOf(line: string | null): string | number | null {
  try {
    return idSchema.parse(JSON.parse(line ?? '')).id;
  } catch {
    return null;
  }
}

function directionOf(args: readonly string[]): GuardrailDirection | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        mode: { type: 'string', default: 'input' },
        response: { type: 'boolean', default: false },
      },
    });
    return values.response ? 'output' : z.enum(['input', 'document', 'output']).parse(values.mode);
  } catch {
    return null;
  }
}

const guard = loadGuard();
const direction = directionOf(process.argv.slice(2));
if (direction === null) {
  process.stderr.write(usage);
  process.exit(2);
}
// Whoever reads may have heard enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
for await (const line of linesOf(process.stdin.setEncoding('utf8'))) {
  if (line !== null && line.trim() === '') continue;
  const isTaken = process.stdout.write(`${JSON.stringify(answerTo(line, direction))}\n`);
  if (!isTaken) await once(process.stdout, 'drain');
}
