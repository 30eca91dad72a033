import type { Clock } from '@todo-chatbot/service-kit';
import { mailText, type NoticeId } from '../domain/mails.ts';
import type { JobSealer, SealedJob } from '../ports/mailQueue.ts';

/** Old news is no warning any more. */
const usefulForMs = 3 * 24 * 3_600_000;

export type Notice = ReturnType<typeof createNotice>;

/** Makes mails that tell an account's owner what happened to it. */
export function createNotice(options: { readonly jobs: JobSealer; readonly clock: Clock }) {
  const { jobs, clock } = options;
  return (id: NoticeId, to: string): SealedJob =>
    jobs.seal({
      kind: 'mail',
      to,
      ...mailText({ id }),
      usefulUntil: new Date(clock.now().getTime() + usefulForMs),
    });
}
