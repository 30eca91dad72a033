import type { Prisma } from '../../generated/prisma/client.ts';
import type { NoticeId } from '../domain/mails.ts';
import type { SealedJob } from '../ports/mailQueue.ts';
import { queueMail } from './queueMail.ts';

/** Tells a person by mail, in the transaction of what happened. */
export type NoticeIn = ReturnType<typeof createNoticesIn>;

/**
 * Queues a notice to a person in the caller's transaction: to the address that they have at that moment, not to one that an intruder gives
 * the account a minute later. Somebody without an address gets none.
 */
export function createNoticesIn(notice: (id: NoticeId, to: string) => SealedJob) {
  return async (transaction: Prisma.TransactionClient, id: NoticeId, userId: string): Promise<void> => {
    const person = await transaction.user.findUnique({ where: { id: userId }, select: { email: true } });
    if (person?.email) await queueMail(transaction, [notice(id, person.email)]);
  };
}
