import { accessDenialHandlers, type DenySet } from '../security/denySet.ts';
import { defineSubscription, type Subscription } from './subscription.ts';

/** The one subscription of a service to `auth.events`: denials go to its deny-set within milliseconds. */
export function authEventsSubscription({ denySet }: { readonly denySet: Pick<DenySet, 'add'> }): Subscription {
  return defineSubscription({ topic: 'auth.events', consumer: 'accounts', handlers: accessDenialHandlers(denySet) });
}
