import type { Clock } from '@todo-chatbot/service-kit';
import { mailText, type NoticeId } from '../domain/mails.ts';
import type { JobSealer, Receiver, SealedJob } from '../ports/mailQueue.ts';

/** Old news is no warning any more. */
const usefulForMs = 3 * 24 * 3_600_000;

export type Notice = ReturnType<typeof createNotice>;

/** Makes mails that tell an account's owner what happened to it. */
export function createNotice(options: { readonly jobs: JobSealer; readonly clock: Clock }) {
  const { jobs, clock } = options;
  return (id: NoticeId, { userId, email }: Receiver): SealedJob =>
    jobs.seal({
      kind: 'mail',
      userId,
      to: email,
      ...mailText({ id }),
      usefulUntil: new Date(clock.now().getTime() + usefulForMs),
    });
}
