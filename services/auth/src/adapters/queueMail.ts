import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { SealedJob } from '../ports/mailQueue.ts';

/**
 * The statement that puts jobs into the mail queue in the caller's transaction: mail goes out when, and only when, what it tells has
 * happened. For `$transaction([...])` and inside of an interactive transaction alike.
 */
export function queueMail(
  sql: Pick<PrismaClient, 'mailInQueue'> | Prisma.TransactionClient,
  jobs: readonly SealedJob[],
): Prisma.PrismaPromise<Prisma.BatchPayload> {
  return sql.mailInQueue.createMany({
    data: jobs.map(({ id, sealed, createdAt }) => ({ id, sealedMail: sealed, createdAt, nextAttemptAt: createdAt })),
  });
}
