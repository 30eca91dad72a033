import { type AlertRule, newId } from '@todo-chatbot/contracts';
import { applyEvent, type GroupState, groupOf, type MonitoredEvent } from '../domain/evaluateRule.ts';
import type { MonitorOutcome, MonitorTransaction, RuleGroup, StoredState, ToldAlert } from '../ports/monitorStore.ts';

/** An open alert to which nothing came for so long is told again: nobody may hide behind one that was left open. */
const quietMs = 3_600_000;

/** Holds events against all rules in force. Reads what the rules know of the groups concerned, and writes nothing. */
export async function judgeEvents(
  transaction: Pick<MonitorTransaction, 'rules' | 'statesOf'>,
  events: readonly MonitoredEvent[],
): Promise<MonitorOutcome> {
  const work = (await transaction.rules())
    .filter(({ enabled }) => enabled)
    .flatMap((rule) => [...eventsByGroup(rule, events)].map(([group, ofGroup]) => ({ rule, group, ofGroup })));
  const before = await transaction.statesOf(work.map(({ rule, group }) => ({ ruleId: rule.id, group })));
  return outcomeOf(
    work.map(({ rule, ofGroup }, place) => {
      const known = before[place];
      if (!known) throw new Error('a state is missing');
      return {
        rule,
        before: known,
        after: ofGroup.reduce((state, event) => applyEvent(rule, state, event), known.state),
      };
    }),
  );
}

/** A group before and after something counted in it. */
export interface JudgedGroup {
  readonly rule: AlertRule;
  readonly before: StoredState;
  readonly after: GroupState;
}

/** What there is to write: states that changed, and alerts where there was none. */
export function outcomeOf(judged: readonly JudgedGroup[]): MonitorOutcome {
  const raised: ToldAlert[] = [];
  const retold: ToldAlert[] = [];
  const states = judged.flatMap(({ rule, before, after }): StoredState[] => {
    if (after === before.state) return [];
    const changed = { ...before, state: after };
    if (!after.alert) return [changed];
    const { id: ruleId, title, severity } = rule;
    const alert = { id: before.alertId ?? newId('alert'), ruleId, group: before.group, title, severity };
    if (before.alertId === null) raised.push(alert);
    else if (isAnew(rule, before.state, after)) retold.push(alert);
    return [{ ...changed, alertId: alert.id }];
  });
  return { states, raised, retold };
}

/** Where it takes several hits to be an alert, one more of them is none. */
function isAnew({ threshold }: AlertRule, before: GroupState, after: GroupState): boolean {
  if (threshold > 1 || !before.alert || !after.alert) return false;
  return after.alert.lastAt - before.alert.lastAt >= quietMs;
}

/** The events that count for a rule, in their order. */
function eventsByGroup(rule: AlertRule, events: readonly MonitoredEvent[]): Map<RuleGroup['group'], MonitoredEvent[]> {
  const groups = new Map<string, MonitoredEvent[]>();
  for (const event of events) {
    const group = groupOf(rule, event);
    if (group === null) continue;
    const ofGroup = groups.get(group);
    if (ofGroup) ofGroup.push(event);
    else groups.set(group, [event]);
  }
  return groups;
}
