import { importedTasksLimit, taskTitleSchema } from '@todo-chatbot/contracts';

/** What a file of tasks says: titles, or what is wrong with it, by lines that count from 1. */
export type TaskFile =
  | { readonly titles: readonly string[]; readonly ticked: number }
  | { readonly faults: readonly { readonly line: number; readonly message: string }[] };

/** Bullets, numbers and boxes before a title, as Markdown and note programs write them. */
const mark = /^(?:(?:[-*+•‣]|\d{1,4}[.)])(?:[ \t]{1,8}|$))?(?:\[([ xX])\](?:[ \t]{1,8}|$))?/;

/** Reads one task from each line; empty lines are none, and those that are ticked off are counted only. Pure, linear. */
export function readTaskFile(content: string): TaskFile {
  const titles: string[] = [];
  const faults: { line: number; message: string }[] = [];
  let ticked = 0;
  for (const [index, raw] of content
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = raw.trim();
    const [marks = '', box] = mark.exec(line) ?? [];
    const title = line.slice(marks.length).trim();
    if (title === '') continue;
    if (box?.toLowerCase() === 'x') {
      ticked += 1;
      continue;
    }
    const parsed = taskTitleSchema.safeParse(title);
    if (parsed.success) titles.push(parsed.data);
    else faults.push({ line: index + 1, message: parsed.error.issues[0]?.message ?? 'is no title' });
  }
  if (faults.length > 0) return { faults };
  if (titles.length > importedTasksLimit) {
    return { faults: [{ line: importedTasksLimit + 1, message: `more than ${importedTasksLimit} tasks` }] };
  }
  return titles.length + ticked === 0 ? { faults: [{ line: 1, message: 'no task in the file' }] } : { titles, ticked };
}
