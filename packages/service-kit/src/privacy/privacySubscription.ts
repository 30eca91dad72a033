import { type AppId, privacyRequestTopic } from '@todo-chatbot/contracts';
import type { Clock } from '../clock.ts';
import { defineSubscription, type Subscription } from '../events/subscription.ts';
import { erasureHandlers } from './erasureHandlers.ts';
import { requestExportShare } from './exportWorker.ts';
import type { PersonalData } from './personalData.ts';
import type { InPrivacyTransaction } from './privacyTransaction.ts';

/**
 * The one subscription of a service to `privacy.requests`: what it owes to a person when `auth`, which knows them, asks (PRIV-3, PRIV-4).
 * `forgetKeys` is `forget` of the service's data keys; leave it out where there are none.
 */
export function privacySubscription(options: {
  readonly service: AppId;
  readonly inTransaction: InPrivacyTransaction;
  readonly personalData: Pick<PersonalData, 'erase'>;
  readonly forgetKeys?: (userId: string) => void;
  readonly clock: Clock;
}): Subscription {
  const { service, inTransaction, personalData, forgetKeys = () => undefined, clock } = options;
  return defineSubscription({
    topic: privacyRequestTopic,
    consumer: 'privacy',
    handlers: {
      ...erasureHandlers({ service, inTransaction, erase: personalData.erase, forgetKeys }),
      // The share itself may take minutes: a worker gives it, see createExportWorker.
      'privacy.export_requested.v1': async ({ data }) => {
        await inTransaction(({ tx }) => requestExportShare(tx, data, clock.now()));
        return 'success';
      },
    },
  });
}
