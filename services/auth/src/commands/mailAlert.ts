import type { AlertSeverity, EventData } from '@todo-chatbot/contracts';
import { type Clock, metrics } from '@todo-chatbot/service-kit';
import { mailText } from '../domain/mails.ts';
import type { AlertMails } from '../ports/alertMails.ts';
import type { JobSealer } from '../ports/mailQueue.ts';

/** Old news is no alarm any more. */
const usefulForMs = 3 * 24 * 3_600_000;

export type MailAlert = ReturnType<typeof createMailAlert>;

/** Tells the administrators of an alert that cannot wait until somebody looks at the console. */
export function createMailAlert(options: {
  readonly alertMails: AlertMails;
  readonly jobs: Pick<JobSealer, 'seal'>;
  /** Origin of the public door. */
  readonly origin: string;
  readonly wakeMail: () => void;
  readonly clock: Clock;
}) {
  const { alertMails, jobs, origin, wakeMail, clock } = options;
  return async (eventId: string, { ruleId, severity, firstAt }: EventData<'alert.raised.v1'>): Promise<void> => {
    if (!isGrave(severity)) return;
    const queued = await alertMails.queue({
      eventId,
      ruleId,
      severity,
      write: ({ userId, email }, { isLast }) =>
        jobs.seal({
          kind: 'mail',
          userId,
          to: email,
          ...mailText({
            id: 'security-alert',
            ruleId,
            severity,
            firstAt: new Date(firstAt),
            url: `${origin}/`,
            isLast,
          }),
          usefulUntil: new Date(clock.now().getTime() + usefulForMs),
        }),
    });
    metrics.counter('alert_mails_queued_total').add(queued);
    if (queued > 0) wakeMail();
  };
}

function isGrave(severity: AlertSeverity): boolean {
  return severity === 'high' || severity === 'critical';
}
