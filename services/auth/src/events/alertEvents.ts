import { defineSubscription, type Subscription } from '@todo-chatbot/service-kit';
import type { MailAlert } from '../commands/mailAlert.ts';

/** Alerts of the security monitoring (OBS-3). */
export function alertEventsSubscription({ mailAlert }: { readonly mailAlert: MailAlert }): Subscription {
  return defineSubscription({
    topic: 'alert.events',
    consumer: 'alert-mails',
    handlers: {
      'alert.raised.v1': async ({ id, data }) => {
        await mailAlert(id, data);
        return 'success';
      },
    },
  });
}
