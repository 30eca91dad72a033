import type { Clock } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { AllowancePool, MailAllowances } from '../ports/mailAllowances.ts';

/**
 * Mails in an hour. A person who does not find the first mail asks again two or three times; a mailbox that gets no more than this is a
 * nuisance at worst.
 */
const limits: Readonly<Record<AllowancePool, number>> = { address: 5, account: 5, 'new-account': 5 };
const periodMs = 3_600_000;

const rowsSchema = z.tuple([z.strictObject({ used: z.int() })]);

/** Allowances in PostgreSQL. */
export function createPrismaMailAllowances(options: {
  readonly prisma: PrismaClient;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}): MailAllowances {
  const { prisma, keyedHash, clock } = options;
  return {
    async take(pool, key) {
      const limit = limits[pool];
      const keyHash = keyedHash('mail-allowance', key);
      return (await countMail(prisma, { pool, keyHash, limit, now: clock.now() })) <= limit;
    },
  };
}

/** Counts one mail in one atomic statement, and answers how many there are in this hour: at most one more than the limit. */
export async function countMail(
  sql: Pick<Prisma.TransactionClient, '$queryRaw'>,
  counted: {
    readonly pool: AllowancePool | 'alert';
    readonly keyHash: Uint8Array<ArrayBuffer>;
    readonly limit: number;
    readonly now: Date;
  },
): Promise<number> {
  const { pool, keyHash, limit, now } = counted;
  const renewedAt = new Date(now.getTime() + periodMs);
  const rows = await sql.$queryRaw`
    INSERT INTO mail_allowances AS known (pool, key_hash, used, renewed_at)
    VALUES (${pool}, ${keyHash}, 1, ${renewedAt})
    ON CONFLICT (pool, key_hash) DO UPDATE SET
      used = CASE WHEN known.renewed_at <= ${now} THEN 1 ELSE least(known.used, ${limit}::integer) + 1 END,
      renewed_at = CASE WHEN known.renewed_at <= ${now} THEN excluded.renewed_at ELSE known.renewed_at END
    RETURNING used`;
  return rowsSchema.parse(rows)[0].used;
}
