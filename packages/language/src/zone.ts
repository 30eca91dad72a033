/** Calendar fields as a clock on the wall shows them; `month` from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** There are about 600 zone names; a full cache is emptied so that spellings in other letter cases cannot fill memory. */
const formatterLimit = 600;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  if (formatters.size >= formatterLimit) formatters.clear();
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}

/** What clocks in the zone show at the instant. Throws RangeError for a zone that is not an IANA name. */
export function wallTimeAt(instant: Date, timeZone: string): WallTime {
  const wall: WallTime = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) {
    switch (type) {
      case 'year':
      case 'month':
      case 'day':
      case 'hour':
      case 'minute':
      case 'second':
        wall[type] = Number(value);
        break;
      default:
        break;
    }
  }
  return wall;
}

function asIfUtc(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/** Minutes by which the zone is ahead of UTC at the instant. */
export function offsetMinutesAt(instant: Date, timeZone: string): number {
  const wholeSeconds = Math.floor(instant.getTime() / 1000) * 1000;
  return Math.round((asIfUtc(wallTimeAt(instant, timeZone)) - wholeSeconds) / 60_000);
}

/**
 * The instant at which clocks in the zone show the wall time, whatever the offset is on that day. A time that a clock change
 * skips becomes the same length later (02:30 → 03:30); one that comes twice is its first coming, as RFC 5545 section 3.3.5 has it.
 */
export function instantOf(wall: WallTime, timeZone: string): Date {
  const naive = asIfUtc(wall);
  const before = offsetMinutesAt(new Date(naive - 86_400_000), timeZone);
  const after = offsetMinutesAt(new Date(naive + 86_400_000), timeZone);
  const early = new Date(naive - before * 60_000);
  if (offsetMinutesAt(early, timeZone) === before) return early;
  const late = new Date(naive - after * 60_000);
  return offsetMinutesAt(late, timeZone) === after ? late : early;
}

/** The wall time of the same clock reading `days` later (negative: earlier); day overflow is carried. */
export function addDays(wall: WallTime, days: number): WallTime {
  const moved = new Date(asIfUtc({ ...wall, day: wall.day + days }));
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** Day of the week of the wall time, 1 = Monday to 7 = Sunday (ISO 8601). */
export function weekdayOf(wall: WallTime): number {
  return new Date(asIfUtc(wall)).getUTCDay() || 7;
}
