import {
  type Clock,
  type Logger,
  metrics,
  newAuditEvent,
  runInRequestContext,
  serviceContext,
} from '@todo-chatbot/service-kit';
import type { AccountStore } from '../ports/accountStore.ts';
import type { EmailLinkStore } from '../ports/emailLinkStore.ts';
import { type Mailer, MailRefused } from '../ports/mailer.ts';
import type { ClaimedJob, JobSealer, MailJob, MailQueue } from '../ports/mailQueue.ts';
import type { MailedLink } from './mailedLink.ts';
import type { Notice } from './notice.ts';

/** One attempt to hand a mail over, from the look-up of the relay's name to its receipt. */
const sendTimeoutMs = 30_000;
/** Longer than any attempt: only of a worker that died does a job come back by this. */
const claimMs = 2 * 60_000;
/** First and longest pause after an attempt that failed. */
const firstRetryMs = 5_000;
const longestRetryMs = 3_600_000;
/** With pauses that double up to an hour, a relay may be down for about five hours. */
const maximumAttempts = 14;

/**
 * The work of the mail queue. A mail is sent and then forgotten, so that a crash in between sends it again rather than never. A request is
 * turned into a mail first, in one transaction, and that mail then waits like any other.
 * Each call works off the job that has been due longest, and answers false when there is none; `signal` gives up an attempt under way.
 */
export function createDeliverMail(options: {
  readonly mailQueue: MailQueue;
  readonly jobs: JobSealer;
  readonly mailer: Mailer;
  readonly accounts: Pick<AccountStore, 'findByEmail'>;
  readonly emailLinks: Pick<EmailLinkStore, 'issue'>;
  readonly mailedLink: MailedLink;
  readonly notice: Notice;
  readonly clock: Clock;
  readonly logger: Logger;
}) {
  const { mailQueue, jobs, mailer, accounts, emailLinks, mailedLink, notice, clock, logger } = options;

  async function work(claimed: ClaimedJob, job: MailJob, signal: AbortSignal): Promise<void> {
    switch (job.kind) {
      case 'mail': {
        if (job.usefulUntil <= clock.now()) return giveUp(claimed, 'mail-outdated');
        const { userId, to, subject, text } = job;
        const deadline = AbortSignal.any([signal, AbortSignal.timeout(sendTimeoutMs)]);
        await mailer.send({ id: claimed.id, userId, to, subject, text, writtenAt: claimed.createdAt }, deadline);
        metrics.counter('mail_sent_total').add(1);
        return mailQueue.remove(claimed.id, []);
      }
      case 'password-reset':
        return answerReset(claimed, job.email);
      case 'email-change':
        return answerEmailChange(claimed, job);
      case 'forget':
        await mailer.forget(job.userId);
        return mailQueue.remove(claimed.id, []);
    }
  }

  async function answerReset({ id }: ClaimedJob, email: string): Promise<void> {
    const record = await accounts.findByEmail(email);
    if (!record) return mailQueue.remove(id, []);
    const userId = record.account.id;
    const { link, job } = mailedLink({ purpose: 'reset-password', userId, email });
    const event = newAuditEvent({
      action: 'auth.send-reset-link',
      category: 'security',
      success: true,
      object: { type: 'user', id: userId },
      retentionClass: 'security',
    });
    await emailLinks.issue({ link, jobs: [job], events: [event], inPlaceOf: id });
  }

  /** The owner of an address that is taken learns of it; whoever asked does not. */
  async function answerEmailChange(
    { id }: ClaimedJob,
    { userId, email, accessVersion }: Extract<MailJob, { kind: 'email-change' }>,
  ): Promise<void> {
    const taken = await accounts.findByEmail(email);
    if (taken) return mailQueue.remove(id, [], [notice('email-in-use', { userId: taken.account.id, email })]);
    const { link, job } = mailedLink({ purpose: 'change-email', userId, email });
    const isIssued = await emailLinks.issue({ link, jobs: [job], events: [], inPlaceOf: id, accessVersion });
    if (!isIssued) await mailQueue.remove(id, []);
  }

  async function failed(claimed: ClaimedJob, error: unknown): Promise<void> {
    const { id, attempt } = claimed;
    metrics.counter('mail_failures_total').add(1);
    if (error instanceof MailRefused) return giveUp(claimed, 'mail-refused', error);
    if (attempt >= maximumAttempts) return giveUp(claimed, 'mail-undeliverable', error);
    logger.warn({ err: error, mailId: id, attempt }, 'a mail could not be sent and is tried again');
    await mailQueue.retry(id, new Date(clock.now().getTime() + retryAfterMs(attempt)));
  }

  async function giveUp({ id, attempt }: ClaimedJob, reason: string, error?: unknown): Promise<void> {
    metrics.counter('mail_given_up_total').add(1, { reason });
    logger.error({ err: error, mailId: id, attempt, reason }, 'a mail was given up');
    const event = newAuditEvent({
      action: 'auth.send-mail',
      category: 'security',
      success: false,
      object: { type: 'mail', id },
      reason,
      retentionClass: 'security',
    });
    await mailQueue.remove(id, [event]);
  }

  return async (signal: AbortSignal): Promise<boolean> => {
    const now = clock.now();
    const claimed = await mailQueue.claim({ now, claimedUntil: new Date(now.getTime() + claimMs) });
    if (!claimed) return false;
    await runInRequestContext(serviceContext('auth'), async () => {
      try {
        await work(claimed, jobs.open(claimed), signal);
      } catch (error) {
        await failed(claimed, error);
      }
    });
    return true;
  };
}

/** Doubles with each attempt; half of it is chance, so that a relay that comes back is not met by all at once. */
function retryAfterMs(attempt: number): number {
  const ceiling = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1));
  return ceiling / 2 + Math.random() * (ceiling / 2);
}
