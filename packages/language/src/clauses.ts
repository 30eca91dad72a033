import { findDates } from './dates.ts';
import { trimEnd } from './text.ts';
import type { UnderstandOptions } from './types.ts';
import { startsWithActionVerb } from './words.ts';

/** One message gives at most this many commands; further sentences are not read. */
const clauseLimit = 10;

const opener =
  /^(?:(?:and|then|also|please|now|after that|oh|next)[, ]+)*(?:add|remind me|delete|remove|erase|scrap|mark|show me|show my|list my|tell me|don't forget|do not forget|new task|create a (?:task|reminder|to-?do)|set a reminder|check off|tick off|cross off|what's|what is|what do i|what are|i(?:'ve| have)? (?:already |just )?(?:finished|done|completed|bought)|put|take|read me|clear|complete|scrap|i need to|i have to|we need to|remember to)\b/i;
/** Openers that are also how a to-do may go on ("… and put it away"): they need a task, a list or a mark of completion beside them. */
const sureOpener =
  /^(?:(?:and|then|also|please|now)[, ]+)*(?:remind me|don't forget|do not forget|add|show me|show my|new task|set a reminder|create a (?:task|reminder|to-?do)|tell me what|what's on|what is on|what do i|check off|tick off|cross off)\b/i;
const ownWords =
  /\b(?:lists?|tasks?|to-?dos?|reminders?|as (?:done|complete|completed|finished)|the (?:first|second|third|last)(?: one)?)\b/i;
/** Openers after which "it" means a task: nobody plans to delete it. */
const pointingOpener =
  /^(?:(?:and|then|also|please|now)[, ]+)*(?:delete|remove|erase|scrap|mark) (?:it|them|that one)\b/i;

/** A piece of a message that may give a command. `joiner` is what ties it to the piece before, null at the head of a sentence. */
export interface Clause {
  text: string;
  joiner: string | null;
}

/** The message in the pieces that each may give one command. */
export function splitClauses(message: string, options: UnderstandOptions): Clause[] {
  const sentences = message
    .split(/(?<=[a-z0-9)"'])[.!?]+ +(?=\S)| *; */i)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  const clauses: Clause[] = [];
  for (const sentence of mergeFragments(sentences)) {
    if (clauses.length < clauseLimit) clauses.push(...splitSentence(sentence, options));
  }
  return clauses.slice(0, clauseLimit);
}

/** "Dr. Smith" and "5 p.m. at" are no sentence ends: a piece that opens no command goes on with the one before. */
function mergeFragments(sentences: readonly string[]): string[] {
  const merged: string[] = [];
  for (const sentence of sentences) {
    const last = merged.at(-1);
    if (last !== undefined && /\b(?:dr|mr|mrs|ms|st|no|vs|etc|a\.m|p\.m|am|pm|approx|dept|prof)$/i.test(last))
      merged[merged.length - 1] = `${last}. ${sentence}`;
    else merged.push(sentence);
  }
  return merged;
}

function splitSentence(sentence: string, options: UnderstandOptions): Clause[] {
  const clauses: Clause[] = [];
  let joiner: string | null = null;
  let rest = sentence;
  let searchFrom = 0;
  const boundary = /,? (?:and then|then|and also|and|&|but|also|plus) |, (?:then |also )?/gi;
  for (let looked = 0; looked < boundaryLimit && clauses.length < clauseLimit; looked += 1) {
    boundary.lastIndex = searchFrom;
    const match = boundary.exec(rest);
    if (!match) break;
    const left = rest.slice(0, match.index);
    const right = rest.slice(match.index + match[0].length);
    searchFrom = match.index + match[0].length;
    const next = isInQuotes(left) ? null : nextClause(left, right, options);
    if (next === null) continue;
    clauses.push({ text: trimEnd(left), joiner });
    joiner = match[0];
    rest = next;
    searchFrom = 0;
  }
  return [...clauses, { text: rest, joiner }];
}

function isInQuotes(left: string): boolean {
  return (left.split('"').length - 1) % 2 === 1;
}

/** After this many places where a clause could end, the rest of the sentence is one clause: it bounds the work. */
const boundaryLimit = 60;
/** "On my shopping list, add ham" and "tomorrow at 9, remind me …": the phrase before the comma belongs to the command. */
const openingPhrase =
  /^(?:(?:on|to|in|for|at|by|this|next|every|from|before|after)\b[^,]{1,60}|tomorrow|today|tonight)[^,]{0,30}$/i;
/** "I have a meeting at ten, please remind me": a request for what was just said. */
const closingRequest =
  /^(?:(?:please|can you|could you|so) )*(?:remind me|set a reminder|add (?:it|that|this))(?: (?:about|of) (?:it|that|this))?(?: please)?[.!?]*$/i;
/** How far to the left and right the words that decide can stand. */
const windowLimit = 200;

/** The clause that begins after a boundary, or null when the boundary lies within one. */
function nextClause(left: string, right: string, options: UnderstandOptions): string | null {
  const head = right.slice(0, windowLimit);
  const tail = left.slice(-windowLimit);
  const isReminder =
    /^(?:(?:please|can you|could you|and|hey|also) )*(?:remind me|don't forget|do not forget|remember|i need|i have|we need|set a reminder)\b/i.test(
      left,
    );
  if (openingPhrase.test(left) || closingRequest.test(head)) return null;
  if (sureOpener.test(head) || pointingOpener.test(head)) return right;
  if (opener.test(head) && (ownWords.test(firstClauseOf(head)) || /\b(?:lists?|done|completed?)$/i.test(tail)))
    return right;
  if (!isReminder && !/^(?:please |can you |could you )*add\b/i.test(left)) return null;
  if (isReminder && /^to [a-z]/i.test(head)) return `remind me ${right}`;
  // "call Bob at 5 and pay rent on Monday": a date closes the first task, and a verb opens another with a date of its own.
  if (!startsWithActionVerb(head)) return null;
  const closesWithDate = findDates(tail, options).some((date) => date.end >= tail.trimEnd().length);
  return closesWithDate && findDates(head, options).length > 0 ? `remind me to ${right}` : null;
}

function firstClauseOf(text: string): string {
  return text.split(/,? and |, /i)[0] ?? text;
}
