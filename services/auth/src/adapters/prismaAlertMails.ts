import { type Clock, takeFromInbox } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { AlertMails } from '../ports/alertMails.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { Receiver } from '../ports/mailQueue.ts';
import { openEmail } from './accountRows.ts';
import { countMail } from './prismaMailAllowances.ts';
import { queueMail } from './queueMail.ts';

/** Names the effect in the inbox. */
const consumer = 'mail-alert';
/** Alerts of one rule that are mailed in an hour. Counted by rule, so that whoever can set off one of them drowns no other. */
const alertsOfRulePerHour = 5;
/** Alerts of one severity that are mailed in an hour: more than all rules of today may together, and a bound whatever comes. */
const alertsPerHour = 150;
/** Administrators who are told; the longest-serving first. */
const maxRecipients = 50;

/** Mail about alerts in PostgreSQL: inbox row, count and mails are one transaction. */
export function createPrismaAlertMails(options: {
  readonly prisma: PrismaClient;
  readonly boxes: Pick<OwnBoxes, 'opened'>;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}): AlertMails {
  const { prisma, boxes, keyedHash, clock } = options;
  return {
    queue: ({ eventId, ruleId, severity, write }) =>
      prisma.$transaction(async (transaction) => {
        if (!(await takeFromInbox(transaction, consumer, eventId))) return 0;
        const countOf = (key: string, limit: number) =>
          countMail(transaction, {
            pool: 'alert',
            keyHash: keyedHash('mail-allowance', key),
            limit,
            now: clock.now(),
          });
        const ofRule = await countOf(`${severity} ${ruleId}`, alertsOfRulePerHour);
        if (ofRule > alertsOfRulePerHour || (await countOf(severity, alertsPerHour)) > alertsPerHour) return 0;
        const isLast = ofRule === alertsOfRulePerHour;
        const jobs = (await administrators(transaction, boxes)).map((to) => write(to, { isLast }));
        await queueMail(transaction, jobs);
        return jobs.length;
      }),
  };
}

async function administrators(
  transaction: Prisma.TransactionClient,
  boxes: Pick<OwnBoxes, 'opened'>,
): Promise<readonly Receiver[]> {
  const found = await transaction.user.findMany({
    where: { status: 'active', roles: { has: 'admin' } },
    select: { id: true, email: true, dataKey: true },
    orderBy: { createdAt: 'asc' },
    take: maxRecipients,
  });
  return found.flatMap(({ id: userId, email, dataKey }) =>
    email && dataKey ? { userId, email: openEmail(boxes.opened(dataKey), email) } : [],
  );
}
