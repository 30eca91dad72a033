import {
  type AllRetentionRuns,
  type AppId,
  allRetentionRunsSchema,
  type DueRows,
  type ExpiringClass,
  expiringClasses,
  type RetentionChange,
  type RetentionClass,
  type RetentionPeriod,
  type RetentionPreview,
  type RetentionRun,
  retentionPeriodSchema,
  retentionPeriodsSchema,
  retentionPreviewSchema,
} from '@todo-chatbot/contracts';
import { fetchJson } from '../api/client.ts';

/** Cache key of the periods. */
export const periodsKey = ['retention'] as const;
/** Cache key of the runs. */
export const runsKey = ['retention-runs'] as const;

/** The period of every class. */
export async function loadPeriods(): Promise<readonly RetentionPeriod[]> {
  return (await fetchJson(retentionPeriodsSchema, 'GET', '/retention')).items;
}

/** The newest runs, and which services did not tell theirs. */
export function loadRuns(): Promise<AllRetentionRuns> {
  return fetchJson(allRetentionRunsSchema, 'GET', '/retention/runs');
}

/** Changes how long a class is kept. */
export function changePeriod(retentionClass: ExpiringClass, body: RetentionChange): Promise<RetentionPeriod> {
  return fetchJson(retentionPeriodSchema, 'PUT', `/retention/${retentionClass}`, { body });
}

/** What a period of so many days would remove now. */
export function previewPeriod(retentionClass: ExpiringClass, days: number): Promise<RetentionPreview> {
  return fetchJson(retentionPreviewSchema, 'POST', `/retention/${retentionClass}/preview`, { body: { days } });
}

/** The class when it has a period; undefined: it is kept for ever. */
export function expiringOf({ class: retentionClass }: RetentionPeriod): ExpiringClass | undefined {
  return expiringClasses.find((one) => one === retentionClass);
}

/** Classes in words. */
export const classWords: Readonly<Record<RetentionClass, string>> = {
  conversation: 'Conversations',
  booking: 'Bookings',
  'task-execution': 'Done tasks',
  security: 'Security events',
  quarantine: 'Refused texts kept for review',
  administration: 'Administration',
};

/** Services in words. */
export const serviceWords: Readonly<Record<AppId, string>> = {
  'chat-gateway': 'Chat',
  auth: 'Accounts',
  task: 'Tasks',
  booking: 'Bookings',
  guardrail: 'Guard',
  audit: 'Audit log',
};

/** Outcomes in words. */
export const outcomeWords: Readonly<Record<RetentionRun['outcome'], string>> = {
  running: 'Running',
  done: 'Done',
  'to-be-continued': 'Goes on',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

/** `1,200 messages`; `more than` when not all were counted. */
export function countText({ what, count, isMore }: Pick<DueRows, 'what' | 'count'> & { isMore?: boolean }): string {
  return `${isMore ? 'more than ' : ''}${count.toLocaleString('en')} ${what}`;
}
