import { Temporal } from 'temporal-polyfill';

/** When a service can be had: slots of one length, back to back from each opening, on the wall clock of a time zone. */
export interface Schedule {
  readonly durationMinutes: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Hours of one weekday do not overlap. */
  readonly openingHours: readonly OpeningHours[];
}

/** Minutes are counted from midnight on the wall clock; weekday 1 is Monday (ISO 8601). */
export interface OpeningHours {
  readonly weekday: number;
  readonly opensAtMinute: number;
  readonly closesAtMinute: number;
}

/** From `startsAt` (inclusive) to `endsAt` (exclusive). */
export interface Slot {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const msPerMinute = 60_000;

/**
 * The slots of a schedule that lie wholly between two moments, earliest first. Across a change to or from summer time a slot keeps its
 * real length, starts and ends within the opening hours as the wall clock shows them, and never overlaps another.
 */
export function slotsBetween(schedule: Schedule, from: Date, to: Date): Slot[] {
  const earliest = from.getTime();
  const latest = to.getTime();
  return daysBetween(schedule.timeZone, from, to)
    .flatMap((day) => openPeriods(schedule, day))
    .flatMap(({ opens, closes }) => slotsWithin(opens, closes, schedule.durationMinutes * msPerMinute))
    .filter(({ startsAt, endsAt }) => startsAt.getTime() >= earliest && endsAt.getTime() <= latest);
}

function daysBetween(timeZone: string, from: Date, to: Date): Temporal.PlainDate[] {
  const dayOf = (moment: Date) =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const last = dayOf(to);
  const days: Temporal.PlainDate[] = [];
  for (let day = dayOf(from); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}

function openPeriods({ timeZone, openingHours }: Schedule, day: Temporal.PlainDate) {
  return openingHours
    .filter(({ weekday }) => weekday === day.dayOfWeek)
    .toSorted((a, b) => a.opensAtMinute - b.opensAtMinute)
    .map(({ opensAtMinute, closesAtMinute }) => ({
      opens: momentOf(wallTime(day, opensAtMinute), timeZone, 'later'),
      closes: momentOf(wallTime(day, closesAtMinute), timeZone, 'earlier'),
    }));
}

function wallTime(day: Temporal.PlainDate, minute: number): Temporal.PlainDateTime {
  return day.toPlainDateTime().add({ minutes: minute });
}

/**
 * The moment (ms since 1970) at which the wall clock shows a time. When the clock is put back it shows the time twice: opening takes the
 * later, closing the earlier, so that neighbouring hours cannot overlap. When it is put forward and never shows the time, it is the
 * moment at which the clock is put forward.
 */
function momentOf(wall: Temporal.PlainDateTime, timeZone: string, ifTwice: 'earlier' | 'later'): number {
  const candidate = wall.toZonedDateTime(timeZone, { disambiguation: ifTwice });
  if (candidate.toPlainDateTime().equals(wall)) return candidate.epochMilliseconds;
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return (before.getTimeZoneTransition('next') ?? before).epochMilliseconds;
}

function slotsWithin(opens: number, closes: number, lengthMs: number): Slot[] {
  const count = Math.max(0, Math.floor((closes - opens) / lengthMs));
  return Array.from({ length: count }, (_, index) => ({
    startsAt: new Date(opens + index * lengthMs),
    endsAt: new Date(opens + (index + 1) * lengthMs),
  }));
}
