/**
 * Measures the understanding of text on labelled data: `node tests/bench/language.ts DIR [--faults INTENT] [--json]`. DIR holds
 * `train.jsonl.gz` (rows with text, intent, accept, slots, slot_names) and `datetime_dev.jsonl` (rows with text, now, gold).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { findDates, resolveDate } from '../../packages/language/src/dates.ts';
import { type Intent, understand } from '../../packages/language/src/index.ts';

/** The corpora's intents that this version serves, as ours. */
const intentOf: Readonly<Record<string, Intent>> = {
  task_add: 'add_task',
  task_query: 'list_tasks',
  task_remove: 'delete_task',
  task_complete: 'complete_task',
  greet: 'greet',
  goodbye: 'goodbye',
  thank: 'thanks',
  help: 'help',
  affirm: 'affirm',
  negate: 'deny',
  cancel: 'deny',
  out_of_scope: 'out_of_scope',
};

const rowSchema = z.object({
  text: z.string(),
  intent: z.string().nullable(),
  accept: z.array(z.string()),
  slots: z.array(z.object({ name: z.string(), value: z.string() })).nullable(),
});
const goldSchema = z.object({ start: z.string(), grain: z.string(), alts: z.array(z.unknown()) });
const dateRowSchema = z.object({ text: z.string(), now: z.string(), gold: goldSchema });
const alternativeSchema = z.union([z.string(), z.object({ start: z.string() }).transform((value) => value.start)]);

const now = new Date('2026-11-20T10:00:00Z');

function measureIntents(file: string, faultsOf: string | undefined) {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  const counts = new Map<string, { rows: number; right: number; claimed: number; claimedRight: number }>();
  const count = (name: string) => {
    const known = counts.get(name) ?? { rows: 0, right: 0, claimed: 0, claimedRight: 0 };
    counts.set(name, known);
    return known;
  };
  let titles = 0;
  let rightTitles = 0;
  let characters = 0;
  const begin = performance.now();
  for (const line of lines) {
    const row = rowSchema.parse(JSON.parse(line));
    const wanted = row.intent ? intentOf[row.intent] : undefined;
    if (!wanted) continue;
    const accepted = [wanted, ...row.accept.flatMap((name) => intentOf[name] ?? [])];
    const { intent, commands } = understand(row.text, { now, timeZone: 'UTC' });
    characters += row.text.length;
    const isRight = accepted.includes(intent);
    count(wanted).rows += 1;
    count(intent).claimed += 1;
    if (isRight) count(wanted).right += 1;
    if (isRight) count(intent).claimedRight += 1;
    else if (wanted === faultsOf) console.log(`missed  ${intent.padEnd(13)} ${row.text}`);
    else if (intent === faultsOf) console.log(`claimed ${wanted.padEnd(13)} ${row.text}`);
    const item = row.slots?.find((slot) => slot.name === 'item')?.value.toLowerCase();
    const command = commands[0];
    if (!item || !command || !isRight) continue;
    const named = 'reference' in command ? command.reference.words : 'title' in command ? command.title : null;
    titles += 1;
    if (named?.toLowerCase() === item) rightTitles += 1;
    else if (faultsOf === 'item') console.log(`item    ${item} ≠ ${named} in: ${row.text}`);
  }
  const seconds = (performance.now() - begin) / 1000;
  const intents = [...counts].map(([name, { rows, right, claimed, claimedRight }]) => [
    name,
    { rows, recall: share(right, rows), precision: share(claimedRight, claimed) },
  ]);
  return {
    intents: Object.fromEntries(intents),
    taskText: { rows: titles, exact: share(rightTitles, titles) },
    charactersPerSecond: Math.round(characters / seconds),
  };
}

function measureDates(file: string, faultsOf: string | undefined) {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => dateRowSchema.parse(JSON.parse(line)));
  let right = 0;
  for (const { text, now: local, gold } of rows) {
    const options = { now: new Date(`${local}Z`), timeZone: 'UTC' };
    const found = findDates(text, options)[0];
    const at = found ? resolveDate(found, options).toISOString() : null;
    const starts = [
      gold.start,
      ...gold.alts.flatMap((alternative) => alternativeSchema.safeParse(alternative).data ?? []),
    ];
    const isRight = at !== null && starts.some((start) => isSameDate(at, start, gold.grain));
    if (isRight) right += 1;
    else if (faultsOf === 'date') console.log(`date    ${text} (${local}): wanted ${gold.start}, found ${at}`);
  }
  return { rows: rows.length, right: share(right, rows.length) };
}

const daysOf: Readonly<Record<string, number>> = { week: 7, month: 31, quarter: 92, year: 366 };

function isSameDate(at: string, start: string, grain: string): boolean {
  if (grain === 'day') return at.slice(0, 10) === start.slice(0, 10);
  const days = daysOf[grain];
  if (days === undefined) return at.slice(0, 16) === start.slice(0, 16);
  const from = Date.parse(`${start}Z`);
  return Date.parse(at) >= from && Date.parse(at) < from + days * 86_400_000;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000;
}

const { values, positionals } = parseArgs({
  options: { faults: { type: 'string' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const directory = positionals[0];
if (!directory) throw new Error('Name the folder with the data: node tests/bench/language.ts DIR');
const result = {
  ...measureIntents(join(directory, 'train.jsonl.gz'), values.faults),
  dates: measureDates(join(directory, 'datetime_dev.jsonl'), values.faults),
};
console.log(values.json ? JSON.stringify(result) : inspect(result, { depth: 4, breakLength: 100 }));
