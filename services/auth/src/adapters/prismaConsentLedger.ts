import {
  consentActSchema,
  consentEntrySchema,
  consentPurposeSchema,
  noticeVersionSchema,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { LatestConsents } from '../domain/consents.ts';
import type { ConsentLedger } from '../ports/consentLedger.ts';
import { isLockedWhileActive } from './activeAccount.ts';
import { raiseAccessVersion } from './raiseAccessVersion.ts';
import { recordEventsIn } from './recordEvents.ts';

const latestRowsSchema = z.array(
  z.strictObject({ purpose: consentPurposeSchema, act: consentActSchema, notice_version: noticeVersionSchema }),
);

/** The ledger in PostgreSQL. */
export function createPrismaConsentLedger(prisma: PrismaClient): ConsentLedger {
  return {
    latest: (userId) => latestOf(prisma, userId),
    async history(userId, limit) {
      const found = await prisma.consent.findMany({ where: { userId }, orderBy: { id: 'desc' }, take: limit });
      return found.map(({ purpose, act, noticeVersion, at }) =>
        consentEntrySchema.parse({ purpose, act, noticeVersion, at: at.toISOString() }),
      );
    },
    add: ({ asking: { userId, sessionId }, noticeVersion, now, changeOf, eventsFor }) =>
      prisma.$transaction(async (transaction) => {
        // Changes of one person come one after the other, so that the last word is the last one until the end.
        if (!(await isLockedWhileActive(transaction, userId))) return false;
        const change = changeOf(await latestOf(transaction, userId));
        const entry = { userId, sessionId, noticeVersion, at: now };
        await transaction.consent.createMany({
          data: [
            ...change.given.map((purpose) => ({ ...entry, purpose, act: 'given' })),
            ...change.withdrawn.map((purpose) => ({ ...entry, purpose, act: 'withdrawn' })),
          ],
        });
        const accessVersion = change.withdrawn.length > 0 ? await raiseAccessVersion(transaction, userId) : null;
        await recordEventsIn(transaction, eventsFor(change, accessVersion));
        return true;
      }),
  };
}

async function latestOf(sql: Pick<Prisma.TransactionClient, '$queryRaw'>, userId: string): Promise<LatestConsents> {
  const rows = await sql.$queryRaw`
    SELECT DISTINCT ON (purpose) purpose, act, notice_version FROM consents
    WHERE user_id = ${userId} ORDER BY purpose, id DESC`;
  return new Map(
    latestRowsSchema
      .parse(rows)
      .map(({ purpose, act, notice_version: noticeVersion }) => [purpose, { act, noticeVersion }]),
  );
}
