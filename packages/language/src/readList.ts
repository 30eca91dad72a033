import { findDates, resolveDate } from './dates.ts';
import { listAskedFor } from './lists.ts';
import type { Command, UnderstandOptions } from './types.ts';
import { addDays, instantOf, type WallTime, wallTimeAt, weekdayOf } from './zone.ts';

const taskList =
  /\b(?:(?:my|our|the|this|that|any|all|what|which|these|your|of|on|in|open|grocery|groceries|shopping|to-?do|todo|task|reminders?|chore|packing|bucket|wish|current|last|\w+'s) (?:[\w'-]+ ){0,3}lists?|lists? of (?:my )?(?:things|tasks|to-?dos|reminders|chores|items|groceries|stuff)|lists? (?:do )?i have|to-?dos?|to do(?: list|s)?|tasks?|reminders?|chores|errands|things i (?:need|have) to do|on my plate|agenda)\b/i;
const foreignList =
  /\b(?:play ?lists?|wait(?:ing)? ?lists?|contacts?|lists? of (?!(?:my |the |all )?(?:things|tasks|to-?dos|reminders|chores|items|groceries|stuff|everything|lists))|e-?mail lists?|song|music|ingredients?|price list|(?:facebook|friends?|twitter|christmas card|mailing) lists?|balance|transactions?|recipe|restaurants?|movies?|alarms?)\b/i;
const asking =
  /^(?:show|list|read|display|view|see|tell|give|check|open|pull|bring|look|go (?:over|through)|run (?:through|down)|name|what|what's|whats|which|how many|how much|how long is|how's|do|does|did|is|are|was|were|have|has|am|any|anything|access|get|find|recite|describe|repeat|remind me (?:what|of what|which|of my|about my|of the)|hear|know|review|print|retrieve|send me|say|call out|fetch|share|explain|who|where|when|there|provide|inform|search|load|report|want to (?:see|know|hear)|need to (?:see|know|hear)|i (?:want|need|would like|have|wonder|forgot|forget|can't remember|do not|don't|think)(?:'d)?|i'm (?:wondering|trying)|i'd like|lemme|let's see|are there|is there|'s on|whatever|everything|all|my|the|s)\b/i;
const ownDuties =
  /^(?:(?:so |and )?(?:what|whats|what's|anything|is there anything|do i have anything|tell me what|show me what|remind me what|how many things|how much)\b).*(?:\b(?:to do|to get done|due|overdue|left|plate|need to (?:do|get|buy|finish)|have to (?:do|get|buy|finish)|supposed to do|should i do|must i do|pending|outstanding|next on)\b)/i;
const ownReview =
  /^(?:what|which (?:tasks|things)|show (?:me )?what)\b.*\b(?:i|we) (?:already )?(?:finish|finished|complete|completed|get done|got done|done)\b/i;
/** "What do I have this weekend?": with a time, and of nothing else, it asks for tasks. */
const ownTime =
  /^what(?: else)?(?: do| have) (?:i|we) (?:have|got) (?:on |for |due |planned |coming up )*(?:today|tonight|tomorrow|this|next|the next|over the|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i;
const me = /\b(?:i|i've|i'm|my|me|we|our|due|overdue|left|pending|next)\b/i;
/** A bare name of a list or of all tasks: "shopping list", "my tasks for today". */
const bare =
  /^(?:(?:my|the|all|all my|open|completed|current|today's|tomorrow's|overdue|pending) ?)*(?:tasks?|to-?dos?|to do|reminders|agenda|(?:[\w-]+ ){0,2}lists?)(?: (?:for|due|on|of) .{1,40})?$/i;
const notBare =
  /^(?:add|make|create|new|start|delete|clear|put|set|write|build|begin|prepare|remove|erase|forget|cancel|drop|empty|wipe|finish|send|update|open a|a )\b/i;

/** The request to show tasks that the clause makes, or empty. */
export function readList(clause: string, options: UnderstandOptions): Command[] {
  if (!asksForTasks(clause)) return [];
  const listName = listAskedFor(clause);
  return [{ kind: 'list_tasks', listName, status: statusAskedFor(clause), dueWithin: dueWindow(clause, options) }];
}

function asksForTasks(clause: string): boolean {
  if (notQuestions.test(clause)) return false;
  if (ownReview.test(clause)) return true;
  if (
    ownDuties.test(clause) &&
    me.test(clause) &&
    !/\b(?:bill|bills|payment|rent|credit|card|balance|taxes|in [A-Z]|days off|vacation|pto)\b/.test(clause) &&
    !/\b(?:should i|(?:to|i) do) (?:if|about|when|to|in|for|on (?:my )?vacation)\b/i.test(clause)
  )
    return true;
  if (
    ownTime.test(clause) &&
    !/\b(?:calendar|schedule|meetings?|appointments?|events?|flights?|weather)\b/i.test(clause)
  )
    return true;
  if (foreignList.test(clause)) return false;
  if (asking.test(clause) && taskList.test(clause)) return true;
  return (
    /^(?:overdue|due) ?(?:tasks?|today|tomorrow|this week)?$/i.test(clause) ||
    (bare.test(clause) && !notBare.test(clause) && taskList.test(`my ${clause}`))
  );
}

/** Statements and other commands that only mention a list. */
const notQuestions =
  /^(?:(?:check|tick|cross|mark) (?:off|out|the box)|check .{1,60} off\b|(?:do|get|give|have|make) (?:a|an|me a|me an) (?:new )?(?:list|task|reminder|to-?do)|(?:how (?:do|can|would|should) i|can you|are you able to) (?:add|create|make|delete|remove|mark)|get rid|open a |(?:i (?:want|need|would like|have)|i'd like|get|have) (?!to (?:see|know|hear|view|look|check|be (?:told|reminded))|you to (?:show|read|tell|list)|(?:\w+ ){0,2}(?:list|on (?:my|the)|my (?:to|shop|groc|task|remind|list)))|send (?!me\b)|let's (?!see))/i;

function statusAskedFor(clause: string): 'open' | 'done' | 'all' {
  const done =
    /\b(?:done|completed|finished|finish|complete|checked off|ticked off)\b/i.test(clause) &&
    !/\b(?:not|n't|to be|to get|isn't|aren't|haven't|get) (?:\w+ )?(?:done|completed|finished|complete|finish)|to (?:complete|finish)\b/i.test(
      clause,
    );
  if (!done) return /\b(?:both open|every task ever)\b/i.test(clause) ? 'all' : 'open';
  return /\b(?:including|include|also|open|as well as|everything|whether)\b/i.test(clause) ? 'all' : 'done';
}

/** The first instant that a window reaches back to when only its end is named ("overdue", "before Friday"). */
const longAgo = new Date(0);

/** When the tasks asked for are due: from inclusive, to exclusive; null when the clause names no time. */
function dueWindow(clause: string, options: UnderstandOptions): { from: string; to: string } | null {
  const { now, timeZone } = options;
  const today: WallTime = { ...wallTimeAt(now, timeZone), hour: 0, minute: 0, second: 0 };
  const days = (from: number, to: number) => windowOf(addDays(today, from), addDays(today, to), timeZone);
  if (/\boverdue\b|\bpast due\b/i.test(clause)) return { from: longAgo.toISOString(), to: now.toISOString() };
  const period =
    /\b(this|next|the|coming|in the next|over the next|the next|upcoming)\s+(?:(\d{1,3}|two|three|few|couple of)\s+)?(days?|weeks?|week-?ends?|months?|years?)\b/i.exec(
      clause,
    );
  if (period) return periodWindow(period, today, days, timeZone);
  const named = findDates(clause, options).at(0);
  if (!named) return null;
  const day = { ...wallTimeAt(resolveDate(named, options), timeZone), hour: 0, minute: 0, second: 0 };
  const end = addDays(day, 1);
  const before = clause.slice(Math.max(0, named.start - 12), named.start) + named.text;
  if (/\b(?:by|before|until|till)\s/i.test(`${before} `))
    return {
      from: longAgo.toISOString(),
      to: instantOf(/\bbefore\s/i.test(`${before} `) ? day : end, timeZone).toISOString(),
    };
  return windowOf(day, end, timeZone);
}

function windowOf(from: WallTime, to: WallTime, timeZone: string): { from: string; to: string } {
  return { from: instantOf(from, timeZone).toISOString(), to: instantOf(to, timeZone).toISOString() };
}

function countOf(word: string | undefined): number {
  const counts: Readonly<Record<string, number>> = { two: 2, 'couple of': 2, three: 3, few: 3 };
  return word === undefined ? 1 : (counts[word.toLowerCase()] ?? Number(word));
}

function daysIn(unit: string): number {
  if (/^day/i.test(unit)) return 1;
  if (/^week/i.test(unit)) return 7;
  return /^month/i.test(unit) ? 30 : 365;
}

function periodWindow(
  [, which = '', count, unit = '']: RegExpExecArray,
  today: WallTime,
  days: (from: number, to: number) => { from: string; to: string },
  timeZone: string,
): { from: string; to: string } {
  const weekday = weekdayOf(today);
  const isNext = /^(?:next|coming|upcoming)$/i.test(which);
  if (/next$/i.test(which) && (count || /\s/.test(which))) return days(0, countOf(count) * daysIn(unit) + 1);
  if (/^week-?end/i.test(unit)) {
    const saturday = 6 - weekday + (isNext && weekday >= 6 ? 7 : 0);
    return days(saturday, saturday + 2);
  }
  if (/^week/i.test(unit)) {
    const monday = 1 - weekday + (isNext ? 7 : 0);
    return days(monday, monday + 7);
  }
  if (/^month/i.test(unit)) {
    const first = { ...today, day: 1 };
    const shifted = (months: number) => addDays({ ...first, month: first.month + months }, 0);
    return windowOf(shifted(isNext ? 1 : 0), shifted(isNext ? 2 : 1), timeZone);
  }
  if (/^year/i.test(unit)) {
    const year = today.year + (isNext ? 1 : 0);
    return windowOf({ ...today, year, month: 1, day: 1 }, { ...today, year: year + 1, month: 1, day: 1 }, timeZone);
  }
  return days(0, 1);
}
