import { accessDenialHandlers, type DenySet } from '../security/denySet.ts';
import { defineSubscription, type EventHandlers, type Subscription } from './subscription.ts';

/** The one subscription of a service to `auth.events`: denials go to its deny-set within milliseconds; `handlers` are for what else it needs. */
export function authEventsSubscription({
  denySet,
  handlers = {},
}: {
  readonly denySet: Pick<DenySet, 'add'>;
  readonly handlers?: Pick<EventHandlers, 'auth.user_registered.v1' | 'auth.consent_withdrawn.v1'>;
}): Subscription {
  return defineSubscription({
    topic: 'auth.events',
    consumer: 'accounts',
    handlers: { ...handlers, ...accessDenialHandlers(denySet) },
  });
}
