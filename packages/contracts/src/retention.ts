import { type AppId, appIds } from './apps.ts';

/** Retention classes of PRIV-5 with their default period in days; `null` is kept for ever. */
export const retentionClasses = {
  conversation: 90,
  booking: 365,
  'task-execution': 365,
  security: 365,
  quarantine: 30,
  administration: null,
} as const;
export type RetentionClass = keyof typeof retentionClasses;

/** Classes that have a period, which an editor may change within {@link retentionBounds}. */
export const expiringClasses = ['conversation', 'booking', 'task-execution', 'security', 'quarantine'] as const;
export type ExpiringClass = (typeof expiringClasses)[number];

/**
 * Shortest and longest period of each class, in days. Shortest: what waits in a topic or as a dead letter is gone by then, an appointment
 * outlasts its month, and an attack is noticed before its traces are gone; refused texts wait in none and need a week's review. Longest: a
 * year of conversations, a quarter of refused texts, three years of the rest.
 */
export const retentionBounds: Readonly<Record<ExpiringClass, { readonly least: number; readonly most: number }>> = {
  conversation: { least: 30, most: 365 },
  booking: { least: 30, most: 1095 },
  'task-execution': { least: 30, most: 1095 },
  security: { least: 90, most: 1095 },
  quarantine: { least: 7, most: 90 },
};

/**
 * What the audit log says is kept for so many days at least, however short the period of its class: whoever has taken a service over must
 * not be able to have the traces removed. The log's database holds to it by itself (`remove_bodies`), whatever its service asks.
 */
export const leastDaysInAuditLog: Readonly<Record<ExpiringClass, number>> = {
  conversation: 30,
  booking: 90,
  'task-execution': 90,
  security: 90,
  quarantine: 90,
};

const hoursPerDay = 24;
const hourMs = 3_600_000;

/**
 * The border of a period: what is older goes, what is exactly as old stays. A day is 24 hours, whatever clocks on walls do, so that a
 * period is equally long everywhere and all year round.
 */
export function retentionBorder(now: Date, days: number): Date {
  return new Date(now.getTime() - days * hoursPerDay * hourMs);
}

/** What a class is about at each service that holds something of it, for people. */
export const retentionCoverage: Readonly<Record<RetentionClass, readonly { service: AppId; text: string }[]>> = {
  conversation: [
    { service: 'chat-gateway', text: 'Messages and replies, and conversations in which nothing is left.' },
    { service: 'audit', text: 'What the log says of conversations, kept for 30 days at least.' },
  ],
  booking: [
    { service: 'booking', text: 'Bookings with their contact, counted from the end of the appointment.' },
    { service: 'audit', text: 'What the log says of bookings, kept for 90 days at least.' },
  ],
  'task-execution': [
    { service: 'task', text: 'Tasks that are done, counted from then on, and lists without a task. Open tasks stay.' },
    { service: 'audit', text: 'What the log says of tasks, kept for 90 days at least.' },
  ],
  security: [
    { service: 'guardrail', text: 'Decisions on texts that were refused, warned of or masked.' },
    { service: 'audit', text: 'What the log says of sign-ins, accounts and misuse.' },
  ],
  quarantine: [
    {
      service: 'guardrail',
      text: 'Texts that were refused or warned of, kept for review when their person agreed to it.',
    },
  ],
  administration: [{ service: 'audit', text: 'What administrators and editors changed. Kept for ever.' }],
};

/** Services that delete what is theirs when its period is over. `auth` keeps the periods; its own leftovers go within a month. */
export const retentionServices = appIds.filter((appId) =>
  Object.values(retentionCoverage).some((covered) => covered.some(({ service }) => service === appId)),
);
