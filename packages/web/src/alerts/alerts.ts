import { queryOptions } from '@tanstack/react-query';
import {
  type Alert,
  type AlertRule,
  type AlertSeverity,
  type alertResolutions,
  alertRuleSchema,
  alertRulesSchema,
  type alertRuleTrialRequestSchema,
  alertRuleTrialSchema,
  alertSchema,
  alertsSchema,
  type changeAlertRuleRequestSchema,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';
import { fetchJson } from '../api/client.ts';

/** Cache key of everything about alerts. */
export const alertsKey = ['alerts'] as const;
/** Cache key of the rules. */
export const rulesKey = ['alert-rules'] as const;

/** Which alerts a list shows; undefined: all. */
export interface AlertChoice {
  readonly state: Alert['state'] | undefined;
  readonly severity: AlertSeverity | undefined;
}

/** A page of alerts, newest first. */
export async function loadAlerts({ state, severity }: AlertChoice, cursor: string | null) {
  const query = new URLSearchParams({ limit: '50' });
  if (state !== undefined) query.set('state', state);
  if (severity !== undefined) query.set('severity', severity);
  if (cursor !== null) query.set('cursor', cursor);
  return fetchJson(alertsSchema, 'GET', `/alerts?${query}`);
}

/** Looking is an entry of the log, so that nothing polls: it is looked at the page's return, at most this often. */
const countStaleAfterMs = 60_000;

/** How many alerts are open, up to a hundred. */
export const openAlertsQuery = queryOptions({
  queryKey: [...alertsKey, 'count'],
  queryFn: async () => (await fetchJson(alertsSchema, 'GET', '/alerts?state=open&limit=100')).items.length,
  staleTime: countStaleAfterMs,
  retry: false,
});

/** Says what became of an alert. */
export function acknowledge(id: string, resolution: (typeof alertResolutions)[number]): Promise<Alert> {
  return fetchJson(alertSchema, 'POST', `/alerts/${id}/acknowledge`, { body: { resolution } });
}

/** Every rule. */
export async function loadRules(): Promise<readonly AlertRule[]> {
  return (await fetchJson(alertRulesSchema, 'GET', '/alert-rules')).items;
}

/** Changes the numbers of a rule. */
export function changeRule(id: string, body: z.infer<typeof changeAlertRuleRequestSchema>): Promise<AlertRule> {
  return fetchJson(alertRuleSchema, 'PUT', `/alert-rules/${id}`, { body });
}

/** What a trial of a rule found. */
export type Trial = z.infer<typeof alertRuleTrialSchema>;

/** Runs a rule over past events. */
export function tryRule(id: string, body: z.infer<typeof alertRuleTrialRequestSchema>): Promise<Trial> {
  return fetchJson(alertRuleTrialSchema, 'POST', `/alert-rules/${id}/trial`, { body });
}

/** Severities in words. */
export const severityWords: Readonly<Record<AlertSeverity, string>> = {
  info: 'Info',
  warning: 'Warning',
  high: 'High',
  critical: 'Critical',
};

/** Resolutions in words. */
export const resolutionWords: Readonly<Record<(typeof alertResolutions)[number], string>> = {
  handled: 'Handled',
  'false-alarm': 'False alarm',
  expected: 'Expected',
};
