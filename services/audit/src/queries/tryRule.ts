import type { AlertRule, AlertRuleTrial } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import {
  applyEvent,
  emptyGroupState,
  type GroupState,
  groupOf,
  type MonitoredEvent,
  noGroup,
} from '../domain/evaluateRule.ts';
import type { PastEvents, PastPage } from '../ports/alertStore.ts';
import type { OpenUserAgents } from './openUserAgents.ts';

/** Entries that a trial looks at. */
const maxExamined = 50_000;
/** How long a trial may take: it shares the process with the log. */
const maxMilliseconds = 5_000;
/** Entries read at a time: with the highest threshold they keep the process from everything else for 50 ms. */
const pageSize = 250;
/** Groups in memory: a rule that meets more of them is partial from there on. */
const maxGroups = 10_000;
/** Alerts in the answer. */
const maxAlerts = 100;
/** Trials under way: each may hold one of the pool's ten connections, which the log itself needs. */
const atOnce = 2;

/**
 * {@link tryRule}, a few at a time: beyond them, callers are told to come back.
 * @throws ProblemError `upstream.unavailable`
 */
export function createTryRule(
  past: PastEvents,
  openUserAgents: OpenUserAgents,
): (trial: Trial) => Promise<AlertRuleTrial> {
  let underWay = 0;
  return async (trial) => {
    if (underWay >= atOnce) throw new ProblemError('upstream.unavailable', { retryAfterSeconds: 1 });
    underWay += 1;
    try {
      return await tryRule({ past, openUserAgents }, trial);
    } finally {
      underWay -= 1;
    }
  };
}

/** A rule, and the times of what it is tried on. */
interface Trial {
  readonly rule: AlertRule;
  readonly from: Date;
  readonly to: Date;
}

/**
 * Runs a rule over past entries as the monitor would have, from a state that knows nothing, and as if nobody had acknowledged anything:
 * one alert for each group. Writes nothing.
 */
async function tryRule(
  { past, openUserAgents }: { readonly past: PastEvents; readonly openUserAgents: OpenUserAgents },
  { rule, from, to }: Trial,
): Promise<AlertRuleTrial> {
  const deadline = performance.now() + maxMilliseconds;
  const states = new Map<string, GroupState>();
  let examined = 0;
  let index: number | null = 0;
  while (index !== null && rule.kind !== 'signal') {
    const timeoutMs = deadline - performance.now();
    const limit = Math.min(pageSize, maxExamined - examined);
    if (limit === 0 || timeoutMs <= 0) break;
    const actions = rule.match.actions ?? null;
    const page: PastPage | undefined = await past.page({ from, to, actions, index, limit, timeoutMs });
    if (!page) break;
    examined += page.examined;
    if (!applyAll(rule, states, await openUserAgents(page.events))) break;
    index = page.next;
  }
  const alerts = alertsOf(states);
  const isCut = alerts.length > maxAlerts;
  return {
    alerts: alerts.slice(0, maxAlerts),
    examined,
    isPartial: isCut || (index !== null && rule.kind !== 'signal'),
  };
}

/** @returns false when there are too many groups to go on. */
function applyAll(rule: AlertRule, states: Map<string, GroupState>, events: readonly MonitoredEvent[]): boolean {
  for (const event of events) {
    const group = groupOf(rule, event);
    if (group === null) continue;
    const before = states.get(group);
    if (!before && states.size >= maxGroups) return false;
    states.set(group, applyEvent(rule, before ?? emptyGroupState, event));
  }
  return true;
}

function alertsOf(states: ReadonlyMap<string, GroupState>): AlertRuleTrial['alerts'] {
  return [...states]
    .flatMap(([group, { alert }]) => (alert ? [{ group, alert }] : []))
    .toSorted((a, b) => a.alert.firstAt - b.alert.firstAt)
    .map(({ group, alert }) => ({
      group: group === noGroup ? null : group,
      count: alert.count,
      firstAt: new Date(alert.firstAt).toISOString(),
      lastAt: new Date(alert.lastAt).toISOString(),
      entryIndexes: [...alert.entryIndexes],
    }));
}
