import type { Prisma } from '../../generated/prisma/client.ts';
import type { NoticeId } from '../domain/mails.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { Receiver, SealedJob } from '../ports/mailQueue.ts';
import { openEmail } from './accountRows.ts';
import { queueMail } from './queueMail.ts';

/** Tells a person by mail, in the transaction of what happened. */
export type NoticeIn = ReturnType<typeof createNoticesIn>;

/**
 * Queues a notice to a person in the caller's transaction: to the address that they have at that moment, not to one that an intruder gives
 * the account a minute later. Somebody without an address gets none.
 */
export function createNoticesIn(options: {
  readonly notice: (id: NoticeId, to: Receiver) => SealedJob;
  readonly boxes: Pick<OwnBoxes, 'opened'>;
}) {
  const { notice, boxes } = options;
  return async (transaction: Prisma.TransactionClient, id: NoticeId, userId: string): Promise<void> => {
    const person = await transaction.user.findUnique({
      where: { id: userId },
      select: { email: true, dataKey: true },
    });
    if (!person?.email || !person.dataKey) return;
    const email = openEmail(boxes.opened(person.dataKey), person.email);
    await queueMail(transaction, [notice(id, { userId, email })]);
  };
}
