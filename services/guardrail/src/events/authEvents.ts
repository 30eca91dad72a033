import { authEventsSubscription, type Clock, type DenySet, type Subscription } from '@todo-chatbot/service-kit';
import { eventsOfForgetting } from '../outgoingEvents.ts';
import type { DecisionStore } from '../ports/decisionStore.ts';

/** News of accounts. Whoever takes the consent to `improvement` back takes the kept texts along (PRIV-2). */
export function authEvents(options: {
  readonly denySet: Pick<DenySet, 'add'>;
  readonly store: Pick<DecisionStore, 'forgetTexts'>;
  readonly clock: Clock;
}): Subscription {
  const { denySet, store, clock } = options;
  return authEventsSubscription({
    denySet,
    handlers: {
      // The store knows a repeat by its version, so that it needs no inbox.
      'auth.consent_withdrawn.v1': async ({ data: { userId, purposes, minimumVersion } }) => {
        if (!purposes.includes('improvement')) return 'success';
        await store.forgetTexts({ userId, minimumVersion, at: clock.now() }, (count) =>
          eventsOfForgetting(userId, count),
        );
        return 'success';
      },
    },
  });
}
