import { type Clause, splitClauses } from './clauses.ts';
import { readAdd } from './readAdd.ts';
import { readList } from './readList.ts';
import { readComplete, readDelete } from './readReference.ts';
import { beginsWithNo, beginsWithYes, readSocial } from './social.ts';
import { cleanText, withoutLeadIn } from './text.ts';
import type { Command, Understanding, UnderstandOptions } from './types.ts';

/**
 * Reads one English message into what it means. Pure: the same text, instant and zone always give the same answer.
 * Throws RangeError for a time zone that is not an IANA name, and for nothing else.
 */
export function understand(text: string, options: UnderstandOptions): Understanding {
  const message = cleanText(text);
  const commands = readClauses(splitClauses(message, options), options);
  const [first] = commands;
  if (first && !isAnswer(message, commands)) return { intent: first.kind, commands };
  return { intent: readSocial(message), commands: [] };
}

/** A piece that gives no command belongs to the sentence before it ("wash the car" and "put gas in it"). */
function readClauses(clauses: readonly Clause[], options: UnderstandOptions): Command[] {
  const commands: Command[] = [];
  let open = '';
  let openCommands: Command[] = [];
  for (const { text, joiner } of clauses) {
    let read = readClause(withListName(text, openCommands), options);
    if (joiner !== null && read.length === 0 && openCommands.length > 0) {
      open = `${open}${joiner}${text}`;
      read = readClause(open, options);
    } else {
      commands.push(...openCommands);
      open = text;
    }
    openCommands = read;
  }
  return [...commands, ...openCommands];
}

/** "add milk to my shopping list and remove eggs from it": "it" is the list just named. */
function withListName(text: string, before: readonly Command[]): string {
  const last = before.at(-1);
  const listName = last && ('reference' in last ? (last.reference.listName ?? null) : last.listName);
  if (!listName) return text;
  return text.replace(
    / (to|from|on|off|in) (?:it|there|that list|that one|the list)(?=[ ,.!?]*$)/i,
    ` $1 my ${listName.replaceAll('$', '$$$$')} list`,
  );
}

function readClause(clause: string, options: UnderstandOptions): Command[] {
  const text = withoutLeadIn(clause);
  for (const read of [readList, readComplete, readDelete, readAdd]) {
    const commands = read(text, options);
    if (commands.length > 0) return commands;
  }
  return [];
}

/** "yes, delete it" answers a question; it is not a new command. */
function isAnswer(message: string, commands: readonly Command[]): boolean {
  if (!beginsWithYes(message) && !beginsWithNo(message)) return false;
  return commands.every(
    (command) => 'reference' in command && (command.reference.pronoun !== undefined || isEmpty(command.reference)),
  );
}

function isEmpty(reference: object): boolean {
  return Object.keys(reference).length === 0;
}
