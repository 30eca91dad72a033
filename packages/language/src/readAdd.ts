import { type FoundDate, findDates, joinDayAndTime, resolveDate } from './dates.ts';
import { splitItems } from './items.ts';
import { findListMention, type ListMention } from './lists.ts';
import { trimEnd } from './text.ts';
import type { Command, DateEntity, UnderstandOptions } from './types.ts';
import { startsWithActionVerb } from './words.ts';
import { instantOf, wallTimeAt } from './zone.ts';

/** Longest title kept, as the task service takes it (UTF-16 code units). */
const titleLimit = 500;
/** Longest list name kept, as the task service takes it. */
const listNameLimit = 80;

const aTask =
  '(?:(?:a|an|another|one more|the|this|my|me|us|new|quick|daily|weekly|monthly|yearly|annual|repeating|recurring|grocery|shopping|event|appointment) )*(?:(?:to-?do|to do|task) items?|tasks?|to-?dos?|to do|reminders?|items?|entry|notification)';
const called = '(?: (?:called|named|titled|of|that says|saying|which says))?';

/** How people say that something is to be added, and whether they must name a list or a verb for the rest to be sure. */
const openings: readonly { pattern: RegExp; needs?: 'list' | 'verbOrDate' }[] = [
  {
    pattern: new RegExp(
      `^(?:add|create|make|set(?: up)?|start|schedule|put|give me|i need|i want|get me|leave me|log|open|enter|insert|include|write|save|record|have) ${aTask}${called}(?![\\w-])`,
      'i',
    ),
  },
  { pattern: new RegExp(`^(?:new |another )?(?:task|to-?do|reminder|note to self|note)${called} ?[:\\-–] ?`, 'i') },
  { pattern: new RegExp(`^(?:new|another) (?:task|to-?do|to do|reminder)${called}(?![\\w-])`, 'i') },
  { pattern: /^(?:i )?(?:need|want|would like|have) to be reminded\b(?! (?:what|who|where|how|which|why)\b)/i },
  {
    pattern:
      /^(?:i|we) (?:need|want|have) to (?:(?:set|make|create|add|write) (?:a |me a |another |up a )?(?:reminder|task|to-?do))(?![\w-])/i,
  },
  {
    pattern:
      /^(?:send me )?(?:a )?remind(?:er)?(?: me| us| myself)?(?: again)?(?! (?:what|who|where|how|which|why)\b)(?![\w-])(?! (?:list|app))/i,
  },
  { pattern: /^(?:don'?t|do not|never)(?: let me)? forget\b(?! (?:it|that|about it)$)/i },
  {
    pattern:
      /^(?:i|we) (?:must ?n[o']?t|must not|can ?n[o']?t|can't|shouldn'?t|should not|don'?t want to|do not want to) forget\b/i,
  },
  {
    pattern:
      /^(?:remember(?: me)?|be sure|make sure|keep in mind|make a note|take a note|note down|note|jot down|jot)(?= to |:|[^:]{0,30}: )/i,
  },
  {
    pattern: /^(?:remember|make sure|note down|note|jot down)(?= )(?! (?:when|how|the time|this|that|my|it|i)\b)/i,
    needs: 'verbOrDate',
  },
  {
    pattern:
      /^(?:i|we)(?:'ve| have|'ll have)? (?:(?:still |really |also |just )?(?:need|have|got|ought) to|gotta|should|must)(?= )/i,
    needs: 'verbOrDate',
  },
  { pattern: /^(?:add|append|include|insert|also add)(?= |:)/i },
  {
    pattern:
      /^(?:put|throw|stick|toss|place|write|enter|record|log|save|get|drop|pop|set|track|schedule|i need|i want|i'd like|need|want|have|update)(?: down)?(?= )/i,
    needs: 'list',
  },
  {
    pattern:
      /^(?:create|make|start|begin|set up|open|build|generate|initiate|prepare|new)(?= (?:(?:me|us|a|an|another|new|the|my|blank|empty|\w+) ){0,5}lists?\b)/i,
    needs: 'list',
  },
];

const foreignTarget =
  /\b(?:calendars?|playlists?|alarms?|contacts?|cart|songs?|music|albums?|tracks?|artists?|podcasts?|e-?mail (?:to|address)|person's|catalogue|phone ?book|address book|favou?rites|invite list|guest ?list)\b/i;
const titleOpening =
  /^(?:(?:to|that|about|of|for|regarding|saying|say|which says|as|me|us|:|-|–|—|,|;|on|at|by|is|and)(?: |$)|(?:that )?(?:i|we)(?:'ve)? (?:need|have|got|must|should|gotta)(?: to)? |i am (?:supposed )?to )/i;
const beforeDate =
  /(?:^|\s)(?:on|at|by|for|due(?: date)?|before|until|till|from|around|about|starting|this|the|coming|this coming|@|,|-|in|sometime|no later than|latest|is|to be done|deadline|and)[\s:]*$/i;
const recurring = /(?:^|\s)(?:every|each)(?: (?:other|single|second))?\s*$/i;
/** How much of the end of a clause is looked at for a trailing request (characters). */
const windowLimit = 300;
const strayWords =
  /^(?:,|-|and|also|too|as well|please|now|the|a|an|new|my|me|down|up|something|it|something new|one|another one|anything|stuff|on|to|for|in|at|of|with|that|this|there|list|lists)$/i;

/** The tasks that the clause asks to add; empty when it does not ask for that. */
export function readAdd(clause: string, options: UnderstandOptions): Command[] {
  const inverted = listFirst(clause);
  if (inverted) return readAdd(inverted, options);
  const dated = dateFirst(clause, options);
  if (dated) return readAdd(dated, options);
  for (const { pattern, needs } of openings) {
    const opening = pattern.exec(clause);
    if (!opening) continue;
    const body = clause.slice(opening[0].length).trim();
    if (isMeant(body, needs, options)) return commandsOf(body, options);
  }
  const moved = requestInside(clause);
  return moved ? readAdd(moved, options) : passiveAdd(clause, options);
}

/** "I have a meeting at ten, please remind me" and "Olly, remind me to …": the request stands at the end or behind a name. */
function requestInside(clause: string): string | null {
  const atEnd =
    /^(.{3,}?),? (?:please |can you |could you |so |and )*(?:remind me|set a reminder|make a reminder)(?: about (?:it|that|this)| of (?:it|that|this))?$/i.exec(
      clause.slice(-windowLimit),
    );
  if (atEnd?.[1] && !/^(?:do|does|did|what|when|who|where|why|how|can|will|is|are|if)\b/i.test(clause)) {
    return `remind me ${clause.slice(0, -windowLimit)}${atEnd[1]}`;
  }
  const named = /^(?:[a-z]{2,15},? ){1,3}?(?=remind me (?:to|about|of|that|at|on|in|i)\b)/i.exec(clause);
  return named && !/\b(?:what|when|who|did|does|to|how|not|don't)\b/i.test(named[0])
    ? clause.slice(named[0].length)
    : null;
}

function isMeant(body: string, needs: 'list' | 'verbOrDate' | undefined, options: UnderstandOptions): boolean {
  if (foreignTarget.test(body)) return false;
  if (needs === 'list') return findListMention(body) !== null || /^(?:\S+ ){0,5}lists?\b/i.test(body);
  if (needs !== 'verbOrDate') return true;
  const named = findListMention(body) !== null;
  return named || (startsWithActionVerb(body) && (!isWish.test(body) || findDates(body, options).length > 0));
}

/** "I need to find out …", "I need to book a flight": more often asked of the assistant than noted down. */
const isWish =
  /^(?:find|get|ask|talk|speak|move|leave|email|e-mail|write|send|read|know|submit|check|book|make|look|tell|change|report|play|hear|order|transfer|say|set|rent|take|cancel|reserve|translate|switch|turn|activate|fix|update|register|reset|return|go|use|apply|plan|freeze|measure)\b/i;

/** "on my shopping list, add ham" → "add ham on my shopping list". */
function listFirst(clause: string): string | null {
  if (!/^(?:on|to|in|for|under|onto)\b/i.test(clause)) return null;
  const head = clause.slice(0, 80);
  const verb = /[, ](?:please )?((?:also )?(?:add|put|include|write|i need|i want|we need|remind me)\b)/i.exec(head);
  if (!verb) return null;
  const place = trimEnd(clause.slice(0, verb.index));
  return findListMention(place) ? `${clause.slice(verb.index).replace(/^[, ]+(?:please )?/i, '')} ${place}` : null;
}

/** "tomorrow at 5 remind me to call Bob" → "remind me tomorrow at 5 to call Bob". */
function dateFirst(clause: string, options: UnderstandOptions): string | null {
  const command =
    /(?:^|[, ])(remind me|i need to|i have to|i must|i should|don't forget|add|we need to|set a reminder)\b/i.exec(
      clause.slice(0, 80),
    );
  if (!command || command.index === 0) return null;
  const head = clause.slice(0, command.index);
  const [date] = findDates(head, options);
  if (
    !date ||
    !/^(?:(?:on|by|at|in|this|every|each|from|before)\s+)*$/i.test(head.slice(0, date.start)) ||
    /\w/.test(head.slice(date.end))
  )
    return null;
  const rest = clause.slice(command.index).replace(/^[, ]+/, '');
  return `${rest} ${head.trim()}`;
}

/** "milk should be added to my list", "I'd like eggs on the shopping list", "paris needs to go on my list". */
function passiveAdd(clause: string, options: UnderstandOptions): Command[] {
  if (/^(?:is|are|was|were|what|which|do|does|did|how|why|who|when|where|has|have|show|read|tell)\b/i.test(clause))
    return [];
  const passive =
    /\b(?:(?:needs?|has|have|ought) to (?:be (?:added|put)|go|be)|(?:should|must) (?:be (?:added|put)|go|be)|(?:to be )?(?:added|put)|goes)(?= (?:to|on|onto|in)\b)/i.exec(
      clause,
    );
  if (!passive || !findListMention(clause.slice(passive.index)) || foreignTarget.test(clause)) return [];
  const subject = clause.slice(0, passive.index).replace(/^(?:i (?:need|want|would like)|i'd like) /i, '');
  return commandsOf(`${subject}${clause.slice(passive.index + passive[0].length)}`, options);
}

interface Parts {
  title: string;
  list: ListMention | null;
  due: DateEntity | null;
}

function commandsOf(body: string, options: UnderstandOptions): Command[] {
  const quoted = /"([^"]{1,500})"/.exec(body);
  if (quoted?.[1]?.trim()) {
    // What stands in quotes is the title as it is; only the rest may hold a list and a date.
    const rest = `${body.slice(0, quoted.index)} ${body.slice(quoted.index + quoted[0].length)}`;
    return [addCommand({ ...partsOf(rest, options), title: quoted[1].trim() })];
  }
  const parts = partsOf(body, options);
  if (parts.title === '') return [addCommand(parts)];
  return splitItems(parts.title, { isListNamed: Boolean(parts.list?.name) }).map((title) =>
    addCommand({ ...parts, title }),
  );
}

function addCommand({ title, list, due }: Parts): Command {
  const kept = trimEnd(title.slice(0, titleLimit)).trim();
  const listName = list?.name?.slice(0, listNameLimit).trim() ?? null;
  return { kind: 'add_task', title: kept === '' ? null : kept, listName: listName === '' ? null : listName, due };
}

function partsOf(body: string, options: UnderstandOptions): Parts {
  const list = findListMention(body) ?? openingList(body);
  // The mention is blanked, not cut, so that no two words that were apart become neighbours in a date.
  const text = list ? `${body.slice(0, list.start)} | ${body.slice(list.end)}` : body;
  const dates = findDates(text, options).filter((date) => isDue(text, date, options));
  const chosen = withPossessiveDay(chooseDue(text, dates), text, options);
  const due = chosen ? dueOf(chosen.date, options) : null;
  let title = text;
  for (const date of (chosen?.used ?? []).toReversed()) title = withoutDate(title, date);
  return { title: tidyTitle(title), list, due };
}

/** "a new shopping list with eggs": the body opens with the list itself. */
function openingList(body: string): ListMention | null {
  const match =
    /^(?:(?:me|us|a|an|another|new|the|my|blank|empty) ){0,4}((?:[\w-]+ ){0,3})lists?\b(?: (?:of|for|with|called|named|titled)\b)?/i.exec(
      body,
    );
  if (!match || startsWithActionVerb(body)) return null;
  const name = (match[1] ?? '').trim();
  return { name: /^(?:new|to-?do|to do|task|)$/i.test(name) ? null : name, start: 0, end: match[0].length };
}

/** A date that tells when: ahead of now, not part of "every Monday", and not the head of a longer noun ("Monday's meeting"). */
function isDue(text: string, date: FoundDate, options: UnderstandOptions): boolean {
  if (recurring.test(text.slice(Math.max(0, date.start - 20), date.start))) return false;
  if (isPossessive(text, date)) return false;
  return (
    !isBeforeToday(resolveDate(date, options), options) ||
    /\bdue\s+(?:on\s+|by\s+)?$/i.test(text.slice(0, date.start).slice(-12))
  );
}

function isBeforeToday(at: Date, { now, timeZone }: UnderstandOptions): boolean {
  const startOfDay = { ...wallTimeAt(now, timeZone), hour: 0, minute: 0, second: 0 };
  return at < instantOf(startOfDay, timeZone);
}

function isPossessive(text: string, date: FoundDate): boolean {
  return /^(?:'s|-\w|s\b)/i.test(text.slice(date.end, date.end + 3));
}

/** "tomorrow's meeting at ten" is due tomorrow at ten, and the meeting keeps its name. */
function withPossessiveDay(chosen: ChosenDue | null, text: string, options: UnderstandOptions): ChosenDue | null {
  if (!chosen || chosen.date.hasDay || !chosen.date.hasTime) return chosen;
  const day = findDates(text, options).find((date) => isPossessive(text, date));
  const joined = day ? joinDayAndTime(day, chosen.date) : null;
  return joined ? { date: joined, used: chosen.used } : chosen;
}

interface ChosenDue {
  date: FoundDate;
  used: readonly FoundDate[];
}

/**
 * Only a date at either edge of the text, beside the list, or before "to …" says when the task is due;
 * one in the middle ("buy 2 May balloons") belongs to the title.
 */
function chooseDue(text: string, dates: readonly FoundDate[]): ChosenDue | null {
  const edge = dates.filter((date) => isAtEdge(text, date, dates));
  const [first, second] = edge.length > 1 ? [edge.at(-2), edge.at(-1)] : [edge[0]];
  if (!first) return null;
  const joined = second ? joinDayAndTime(first, second) : null;
  if (second && joined) return { date: joined, used: [first, second] };
  const date = second ?? first;
  return { date, used: [date] };
}

const nothingSaid =
  /^(?:[\s,.|!?;:@-]|\b(?:please|to|that|i|on|at|by|for|due|date|before|until|till|this|the|in|and|is|from|me|sometime|also|too|as well|my time|time)\b)*$/i;

function isAtEdge(text: string, date: FoundDate, dates: readonly FoundDate[]): boolean {
  const before = blankDates(text, 0, date.start, dates);
  const after = blankDates(text, date.end, text.length, dates);
  if (nothingSaid.test(after) || /^\s*\|/.test(after)) return true;
  // "remind me tomorrow to …", "tomorrow: …"; but "add Friday report" begins with a name.
  return nothingSaid.test(before) && /^\s*(?:to|that|about|i|we|:|,|-|of|for)(?:\s|$)/i.test(after);
}

function blankDates(text: string, start: number, end: number, dates: readonly FoundDate[]): string {
  let result = '';
  let from = start;
  for (const date of dates) {
    if (date.start < from || date.end > end) continue;
    result += text.slice(from, date.start);
    from = date.end;
  }
  return result + text.slice(from, end);
}

function withoutDate(text: string, date: FoundDate): string {
  let before = text.slice(0, date.start);
  // "on this coming Friday": each round takes one word; four are more than people use.
  for (let round = 0; round < 4; round += 1) before = before.slice(0, -20) + before.slice(-20).replace(beforeDate, ' ');
  return `${before} ${text.slice(date.end)}`;
}

function dueOf(date: FoundDate, options: UnderstandOptions): DateEntity {
  return { at: resolveDate(date, options).toISOString(), hasTime: date.hasTime, text: date.text };
}

/** More leading or trailing little words than this are left in the title. */
const tidyRounds = 6;

function tidyTitle(text: string): string {
  let title = trimEnd(
    text
      .replace(/ ?\| ?/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
  );
  for (let round = 0; round < tidyRounds; round += 1) {
    const before = title;
    title = title.replace(/^((?:on )?(?:every|each) [^,]{1,30}?),? to (?=\S)(.+)$/i, '$2 $1');
    title = trimEnd(title.replace(titleOpening, '').replace(/^[\s,:;.!?-]+/, ''));
    title =
      title.slice(0, -12) +
      title.slice(-12).replace(/(?:^|[\s,])(?:too|as well|also|please|and|on|to|for|in|at|by|-)$/i, '');
    title = trimEnd(title).trim();
    if (title === before) break;
  }
  return strayWords.test(title) || !/[\p{L}\p{N}]/u.test(title) ? '' : title;
}
