import type { Task } from '@todo-chatbot/contracts';

const dayMs = 86_400_000;

function dayNumber(date: Date, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
    .format(date)
    .split('-')
    .map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / dayMs);
}

/** When a task is due, as people say it: "today, 17:00", "tomorrow", "Fri 4 Dec". */
export function dueText(due: NonNullable<Task['due']>, now: Date, locale?: string): string {
  const { timeZone } = due;
  const at = new Date(due.at);
  const days = dayNumber(at, timeZone) - dayNumber(now, timeZone);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(at);
  const day =
    days === 0
      ? 'today'
      : days === 1
        ? 'tomorrow'
        : days === -1
          ? 'yesterday'
          : days > 1 && days < 7
            ? format({ weekday: 'long' })
            : format({ weekday: 'short', day: 'numeric', month: 'short' });
  return due.hasTime ? `${day}, ${format({ hour: '2-digit', minute: '2-digit' })}` : day;
}

/** True when the task should have been done: its instant, or its whole day when it has no time, is over. */
export function isOverdue(due: NonNullable<Task['due']>, now: Date): boolean {
  if (due.hasTime) return new Date(due.at) < now;
  return dayNumber(new Date(due.at), due.timeZone) < dayNumber(now, due.timeZone);
}

/** A day in the past or future: "26 Nov 2026". */
export function dayText(instant: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(instant));
}

/** A moment to the minute: "26 Nov 2026, 11:20". */
export function momentText(instant: string, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}
