import { privacyApps, privacyReplyTopicOf } from '@todo-chatbot/contracts';
import { defineSubscription, type Subscription } from '@todo-chatbot/service-kit';
import type { TakeReceipt } from '../commands/takeReceipt.ts';

/** What services reply to requests about a person's data, each on a topic of its own. */
export function privacyReplySubscriptions({ takeReceipt }: { readonly takeReceipt: TakeReceipt }): Subscription[] {
  return privacyApps.map((producer) =>
    defineSubscription({
      topic: privacyReplyTopicOf(producer),
      consumer: 'privacy-replies',
      handlers: {
        'privacy.erased.v1': ({ id, time, data }) => takeReceipt(producer, id, new Date(time), data),
      },
    }),
  );
}
