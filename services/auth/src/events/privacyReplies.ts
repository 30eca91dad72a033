import { type AppId, privacyApps, privacyReplyTopicOf } from '@todo-chatbot/contracts';
import { defineSubscription, type EventHandlers, type Subscription } from '@todo-chatbot/service-kit';
import type { TakeReceipt } from '../commands/takeReceipt.ts';

/** What services reply to requests about a person's data, each on a topic of its own. */
export function privacyReplySubscriptions(options: {
  readonly takeReceipt: TakeReceipt;
  /** What a service says of exports. */
  readonly exportReplies: (producer: AppId) => EventHandlers;
}): Subscription[] {
  const { takeReceipt, exportReplies } = options;
  return privacyApps.map((producer) =>
    defineSubscription({
      topic: privacyReplyTopicOf(producer),
      consumer: 'privacy-replies',
      handlers: {
        ...exportReplies(producer),
        'privacy.erased.v1': ({ id, time, data }) => takeReceipt(producer, id, new Date(time), data),
      },
    }),
  );
}
