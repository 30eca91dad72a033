import type { AlertSeverity } from '@todo-chatbot/contracts';
import type { Receiver, SealedJob } from './mailQueue.ts';

/** Mail about security alerts to those who run the platform. */
export interface AlertMails {
  /**
   * Queues one mail for each active administrator, once for each event, and none when as many alerts of the rule were mailed within the
   * hour as may be. `isLast`: the next one of the rule in this hour would not be mailed. Answers how many mails there are.
   */
  queue(alert: {
    readonly eventId: string;
    readonly ruleId: string;
    readonly severity: AlertSeverity;
    readonly write: (to: Receiver, options: { readonly isLast: boolean }) => SealedJob;
  }): Promise<number>;
}
