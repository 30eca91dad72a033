import { type ExpiringClass, leastDaysInAuditLog, retentionBorder } from '@todo-chatbot/contracts';

/** The database holds its floor against its own clock, which may be behind the service's by so much. */
const clockSkewMs = 5 * 60_000;

/** The border asked for, or the one of the log's own least period when that is earlier. */
export function logBorder(asked: Date, now: Date, retentionClass: ExpiringClass): Date {
  const own = retentionBorder(now, leastDaysInAuditLog[retentionClass]).getTime() - clockSkewMs;
  return new Date(Math.min(asked.getTime(), own));
}
