import { type Clock, metrics } from '@todo-chatbot/service-kit';
import { applyHit, maxGroupLength, noGroup } from '../domain/evaluateRule.ts';
import type { MonitorStore, ToldAlert } from '../ports/monitorStore.ts';
import type { SignalSink } from '../ports/signals.ts';
import { outcomeOf } from './judgeEvents.ts';

/** Holds signals against the rules of their names, on the tables of the monitor. */
export function createSignalSink(options: { readonly store: MonitorStore; readonly clock: Clock }): SignalSink {
  const { store, clock } = options;
  return {
    async raise({ ruleId, group, entryIndex }) {
      const raised = await store.inTurn(async (transaction): Promise<readonly ToldAlert[]> => {
        const rule = (await transaction.rules()).find(({ id }) => id === ruleId);
        if (!rule?.enabled) return [];
        const [before] = await transaction.statesOf([{ ruleId, group: (group ?? noGroup).slice(0, maxGroupLength) }]);
        if (!before) throw new Error('a state is missing');
        const hit = { at: clock.now().getTime(), index: entryIndex ?? null };
        const outcome = outcomeOf([{ rule, before, after: applyHit(rule, before.state, hit) }]);
        await transaction.save(outcome);
        return outcome.raised;
      });
      for (const { severity } of raised) metrics.counter('alerts_raised_total').add(1, { rule: ruleId, severity });
    },
  };
}
