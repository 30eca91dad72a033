import { accessDenialHandlers, type DenySet } from '../security/denySet.ts';
import type { ForgetPerson } from './forgetPerson.ts';
import { defineSubscription, type Subscription } from './subscription.ts';

/**
 * The one subscription of a service to `auth.events`: denials go to its deny-set within milliseconds, and a deleted account takes along
 * what the service holds of the person. Leave `forgetPerson` out where nothing is held.
 */
export function authEventsSubscription(options: {
  readonly denySet: Pick<DenySet, 'add'>;
  readonly forgetPerson?: ForgetPerson;
}): Subscription {
  const { denySet, forgetPerson } = options;
  return defineSubscription({
    topic: 'auth.events',
    consumer: 'accounts',
    handlers: {
      ...accessDenialHandlers(denySet),
      'auth.user_deleted.v1': async (event) => {
        await forgetPerson?.(event);
        return 'success';
      },
    },
  });
}
