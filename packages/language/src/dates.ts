import * as chrono from 'chrono-node';
import type { UnderstandOptions } from './types.ts';
import { addDays, instantOf, offsetMinutesAt, type WallTime, wallTimeAt } from './zone.ts';

/** A date or time found in a text. */
export interface FoundDate {
  /** Character offsets in the text. */
  start: number;
  end: number;
  text: string;
  /** What the user's clock will show; hour 12 when no time of day was named. */
  wall: WallTime;
  /** The instant, when the words fix it regardless of the user's clock ("in 2 hours", "5pm EST"). */
  fixedInstant: Date | null;
  hasDay: boolean;
  hasTime: boolean;
  /** Only the time of day is open between morning and afternoon ("at 5"). */
  isHalfDayOpen: boolean;
}

const hourWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const minuteWords: Readonly<Record<string, number>> = {
  five: 5,
  ten: 10,
  fifteen: 15,
  quarter: 15,
  'a quarter': 15,
  twenty: 20,
  'twenty five': 25,
  'twenty-five': 25,
  half: 30,
  thirty: 30,
  'thirty five': 35,
  'thirty-five': 35,
  forty: 40,
  'forty five': 45,
  'forty-five': 45,
  fifty: 50,
  'fifty five': 55,
  'fifty-five': 55,
};
const hourPattern = `(?:${hourWords.join('|')})`;
const minutePattern = '(?:(?:twenty|thirty|forty|fifty)[ -]five|twenty|thirty|forty|fifty|fifteen|ten|five)';
const halfDayPattern = '(a\\.?m|p\\.?m|a m|p m|in the (?:morning|afternoon|evening)|at night)\\b\\.?';

function hourOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : hourWords.indexOf(word.toLowerCase()) + 1;
}

function halfDayOf(word: string | undefined): 'am' | 'pm' | null {
  if (!word) return null;
  return /^a|morning/i.test(word) && !/^at/i.test(word) ? 'am' : 'pm';
}

interface ClockComponents {
  hour: number;
  minute: number;
  meridiem?: number;
}

function clockComponents(hour: number, minute: number, halfDay: 'am' | 'pm' | null): ClockComponents | null {
  if (hour > 24 || minute > 59) return null;
  if (!halfDay || hour > 12) return { hour: hour % 24, minute, ...(hour > 12 ? { meridiem: 1 } : {}) };
  return { hour: (hour % 12) + (halfDay === 'pm' ? 12 : 0), minute, meridiem: halfDay === 'pm' ? 1 : 0 };
}

const wordClockPattern = new RegExp(
  `\\b(at |by |around |before |until |till )?(${hourPattern}|\\d{1,2})(?:[ -](${minutePattern}))?( ?o'? ?clock)?(?: ?${halfDayPattern})?(?![\\w:])`,
  'i',
);

/** "nine pm", "at three thirty", "seven o'clock", "5 in the afternoon": clock readings in words, which chrono does not know. */
const wordClockParser: chrono.Parser = {
  pattern: () => wordClockPattern,
  extract: (_context, match) => {
    const [, preposition, hour = '', minute, oClock, halfDay] = match;
    const isWord = !/^\d/.test(hour);
    if (!oClock && !halfDay && !(isWord && preposition)) return null;
    return clockComponents(hourOf(hour), minute ? (minuteWords[minute.toLowerCase()] ?? 0) : 0, halfDayOf(halfDay));
  },
};

const digitClockPattern =
  /\b(at )?(\d{1,2})(?:(?:[:.]|(?<=\bat \d{1,2}))(\d{2}))?([ap])?(?![\w:.])|\b(?:at )?(\d{1,2})h(\d{2})\b/i;

/** "at 3p", "3:18a", "at 1030", "15h30": short forms that chrono does not know. */
const digitClockParser: chrono.Parser = {
  pattern: () => digitClockPattern,
  extract: (_context, match) => {
    const [, at, hour, minute, half, longHour, longMinute] = match;
    if (longHour) return clockComponents(Number(longHour), Number(longMinute), null);
    const isRunTogether = at !== undefined && minute !== undefined && !/[:.]/.test(match[0]);
    if (!half && !isRunTogether) return null;
    const halfDay = half ? (half.toLowerCase() === 'a' ? 'am' : 'pm') : null;
    return clockComponents(Number(hour), Number(minute ?? 0), halfDay);
  },
};

const pastHourPattern = new RegExp(
  `(?<![:\\d])\\b(?:at |by |around )?(half|(?:a )?quarter|${minutePattern}|\\d{1,2})(?: min(?:ute)?s?)? (past|after|to|before|till|from) (${hourPattern}|\\d{1,2}|noon|midnight)(?: ?o'? ?clock)?(?: ?${halfDayPattern})?(?![\\w:])`,
  'i',
);

/** "half past seven", "a quarter to 3pm", "20 minutes past noon". */
const pastHourParser: chrono.Parser = {
  pattern: () => pastHourPattern,
  extract: (_context, match) => {
    const [, amount = '', direction = '', hourText = '', halfDay] = match;
    const minutes = minuteWords[amount.toLowerCase()] ?? Number(amount);
    if (Number.isNaN(minutes) || minutes >= 60) return null;
    // "5 to 6pm" is a range, "5 minutes to 6pm" is a time.
    const isForward = /past|after|from/i.test(direction);
    const isNamed = /noon|midnight/i.test(hourText);
    if (!isNamed && /^\d/.test(amount) && !/past|min/i.test(match[0])) return null;
    const named = isNamed ? (/noon/i.test(hourText) ? 12 : 24) : null;
    const clock = clockComponents(named ?? hourOf(hourText), 0, named === 12 ? 'pm' : halfDayOf(halfDay));
    if (!clock) return null;
    const total = (clock.hour * 60 + (isForward ? minutes : -minutes) + 1440) % 1440;
    const hour = Math.floor(total / 60);
    const meridiem = clock.meridiem === undefined ? {} : { meridiem: hour >= 12 ? 1 : 0 };
    return { hour, minute: total % 60, ...meridiem };
  },
};

/** "on the 5th", "by the 21st": a day of this month, or of the next one when it has passed. */
const dayOfMonthParser: chrono.Parser = {
  pattern: () =>
    /\b(?:on|by|before|until|till|due|for) (?:the )?(\d{1,2})(?:st|nd|rd|th)\b(?! (?:of|[a-z]+(?:st|nd|rd|th)\b))/i,
  extract: (context, match) => {
    const day = Number(match[1]);
    if (day < 1 || day > 31) return null;
    const today = context.reference.getDateWithAdjustedTimezone();
    const passed = day < today.getDate();
    const month = new Date(Date.UTC(today.getFullYear(), today.getMonth() + (passed ? 1 : 0), 1));
    return { day, month: month.getUTCMonth() + 1, year: month.getUTCFullYear() };
  },
};

const dayOfNamedMonthPattern =
  /\b(?:on )?(?:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* the (\d{1,2})(?:st|nd|rd|th)?|(?:the )?(\d{1,2})(?:st|nd|rd|th)? of (this|next) month)\b/i;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "February the 15th", "the 20th of next month". */
const dayOfNamedMonthParser: chrono.Parser = {
  pattern: () => dayOfNamedMonthPattern,
  extract: (context, match) => {
    const [, name, dayAfterName, dayOfMonth, which = ''] = match;
    const day = Number(dayAfterName ?? dayOfMonth);
    if (day < 1 || day > 31) return null;
    if (name) return { day, month: monthNames.indexOf(name.toLowerCase()) + 1 };
    const today = context.reference.getDateWithAdjustedTimezone();
    const month = new Date(Date.UTC(today.getFullYear(), today.getMonth() + (/next/i.test(which) ? 1 : 0), 1));
    return { day, month: month.getUTCMonth() + 1, year: month.getUTCFullYear() };
  },
};

/** "end of the day", "EOD", "close of business": today, no hour. */
const endOfDayParser: chrono.Parser = {
  pattern: () => /\b(?:the )?(?:end of (?:the |my )?(?:work ?)?day|eod|close of business|cob)\b/i,
  extract: (context) => {
    const today = context.reference.getDateWithAdjustedTimezone();
    return { day: today.getDate(), month: today.getMonth() + 1, year: today.getFullYear() };
  },
};

const parser = chrono.casual.clone();
parser.parsers.unshift(pastHourParser, wordClockParser, digitClockParser, endOfDayParser, dayOfNamedMonthParser);
parser.parsers.push(dayOfMonthParser);

/** chrono's patterns cost more than linear time on some texts, so it sees pieces of this many characters: far more than any date needs. */
const pieceLimit = 400;
/** Dates beyond this number in one text are not looked for. */
const dateLimit = 20;

function wallOf(components: chrono.ParsedComponents): WallTime {
  const get = (component: chrono.Component) => components.get(component) ?? 0;
  return {
    year: get('year'),
    month: get('month'),
    day: get('day'),
    hour: get('hour'),
    minute: get('minute'),
    second: get('second'),
  };
}

const dayPart = /morning|afternoon|evening|night|noon|midnight|a\.?m\b|p\.?m\b|\b0\d[:.]\d/i;

function foundDateOf(result: chrono.ParsedResult, offset: number): FoundDate {
  const { start, text } = result;
  const hasTime = start.isCertain('hour');
  const wall = wallOf(start);
  const isRelativeToTheHour = hasTime && start.isCertain('timezoneOffset');
  return {
    start: offset + result.index,
    end: offset + result.index + text.length,
    text,
    wall: hasTime ? wall : { ...wall, hour: 12, minute: 0, second: 0 },
    fixedInstant: isRelativeToTheHour ? start.date() : null,
    hasDay: ['day', 'weekday', 'month', 'year'].some((part) => isCertainPart(start, part)),
    hasTime,
    isHalfDayOpen:
      hasTime &&
      !isRelativeToTheHour &&
      !start.isCertain('meridiem') &&
      wall.hour >= 1 &&
      wall.hour <= 12 &&
      !dayPart.test(text),
  };
}

function isCertainPart(components: chrono.ParsedComponents, part: string): boolean {
  return (part === 'day' || part === 'weekday' || part === 'month' || part === 'year') && components.isCertain(part);
}

/** "half past seven tomorrow" + "evening": a part of the day behind a time settles its half of the day. */
function withDayParts(text: string, dates: readonly FoundDate[]): FoundDate[] {
  const joined: FoundDate[] = [];
  for (const date of dates) {
    const last = joined.at(-1);
    const part = /^(?:in the |at )?(morning|afternoon|evening|night)$/i.exec(date.text)?.[1];
    if (!last?.isHalfDayOpen || !part || text.slice(last.end, date.start).trim() !== '') {
      joined.push(date);
      continue;
    }
    const hour = (last.wall.hour % 12) + (/morning/i.test(part) ? 0 : 12);
    const wall = { ...last.wall, hour };
    joined[joined.length - 1] = {
      ...last,
      wall,
      end: date.end,
      text: text.slice(last.start, date.end),
      isHalfDayOpen: false,
    };
  }
  return joined;
}

/** Dates and times in the text, in the order of the text; ambiguous ones lie ahead of `now`. */
export function findDates(text: string, { now, timeZone }: UnderstandOptions): FoundDate[] {
  const reference = { instant: now, timezone: offsetMinutesAt(now, timeZone) };
  const found: FoundDate[] = [];
  for (const { offset, piece } of piecesOf(text)) {
    for (const result of parser.parse(piece, reference, { forwardDate: true })) {
      if (isChance(result, piece) || isPartOfWord(result, piece)) continue;
      if (found.length < dateLimit && Number.isFinite(result.start.date().getTime()))
        found.push(foundDateOf(result, offset));
    }
  }
  return withDayParts(text, found);
}

const rarelyDates =
  /^(?:(?:the|a) (?:second|minute|hour|day|week|month|quarter|year)|now|sun|may|march|mar|second|this (?:second|minute))$/i;
const leadsToDate = /\b(?:on|by|before|until|till|due|in|this|next|for|of|since|from|after)\s+$/i;

/** Words that chrono reads as dates and people mostly do not: "watch the sun", "what I may do". A preposition before them settles it. */
function isChance({ text, index }: chrono.ParsedResult, piece: string): boolean {
  if (!rarelyDates.test(text) || text.length === piece.trim().length) return false;
  return /^(?:now|the |a )/i.test(text) || !leadsToDate.test(piece.slice(Math.max(0, index - 10), index));
}

/** "invoice 4b-859d", "room B-12th": what hangs together with a word is a name, not a date. */
function isPartOfWord({ text, index }: chrono.ParsedResult, piece: string): boolean {
  const before = piece.slice(Math.max(0, index - 1), index);
  const after = piece.slice(index + text.length, index + text.length + 2);
  return /[\p{L}\p{N}_-]$/u.test(before) || /^(?:[\p{L}\p{N}_]|-[\p{L}\p{N}])/u.test(after);
}

function piecesOf(text: string): { offset: number; piece: string }[] {
  const pieces: { offset: number; piece: string }[] = [];
  let offset = 0;
  while (offset < text.length) {
    let end = Math.min(text.length, offset + pieceLimit);
    // A piece ends at a space where there is one, so that a word is not torn apart.
    const space = end < text.length ? text.lastIndexOf(' ', end) : -1;
    if (space > offset) end = space;
    pieces.push({ offset, piece: text.slice(offset, end) });
    offset = end;
  }
  return pieces;
}

/** People who say "at 5" mean the afternoon; from 7 on the next time the clock shows it. */
const earliestMorningHour = 7;

function settleHalfDay(found: FoundDate, { now, timeZone }: UnderstandOptions): WallTime {
  const { wall } = found;
  if (!found.isHalfDayOpen) return wall;
  const today = wallTimeAt(now, timeZone);
  const base = found.hasDay ? wall : { ...wall, year: today.year, month: today.month, day: today.day };
  const afternoon = { ...base, hour: (wall.hour % 12) + 12 };
  const isAhead = (time: WallTime) => instantOf(time, timeZone) > now;
  const isToday = base.day === today.day && base.month === today.month && base.year === today.year;
  if (wall.hour < earliestMorningHour || wall.hour === 12) {
    return isAhead(afternoon) || found.hasDay ? afternoon : addDays(afternoon, 1);
  }
  if (isAhead(base) || (found.hasDay && !isToday)) return base;
  if (isAhead(afternoon) || found.hasDay) return afternoon;
  return addDays(base, 1);
}

/** The instant that a found date means for this person. */
export function resolveDate(found: FoundDate, options: UnderstandOptions): Date {
  return found.fixedInstant ?? instantOf(settleHalfDay(found, options), options.timeZone);
}

/** One date from a day and a time of day that stand apart ("tomorrow … at 5"), or null when they are not such a pair. */
export function joinDayAndTime(a: FoundDate, b: FoundDate): FoundDate | null {
  const [day, time] = a.hasTime ? [b, a] : [a, b];
  if (day.hasTime || !day.hasDay || !time.hasTime || time.hasDay || time.fixedInstant) return null;
  const { hour, minute, second } = time.wall;
  const [first, last] = a.start < b.start ? [a, b] : [b, a];
  return {
    ...time,
    start: first.start,
    end: last.end,
    text: `${first.text} ${last.text}`,
    wall: { ...day.wall, hour, minute, second },
    hasDay: true,
    isHalfDayOpen: time.isHalfDayOpen && !dayPart.test(day.text),
  };
}
