import type { Clock } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { AllowancePool, MailAllowances } from '../ports/mailAllowances.ts';

/**
 * Mails in an hour. A person who does not find the first mail asks again two or three times; a mailbox that gets no more than this is a
 * nuisance at worst.
 */
const limits: Readonly<Record<AllowancePool, number>> = { address: 5, account: 5 };
const periodMs = 3_600_000;

const rowsSchema = z.array(z.strictObject({ used: z.int() })).length(1);

/** Allowances in PostgreSQL. */
export function createPrismaMailAllowances(options: {
  readonly prisma: PrismaClient;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}): MailAllowances {
  const { prisma, keyedHash, clock } = options;
  return {
    async take(pool, key) {
      const now = clock.now();
      const renewedAt = new Date(now.getTime() + periodMs);
      const limit = limits[pool];
      const rows = await prisma.$queryRaw`
        INSERT INTO mail_allowances AS known (pool, key_hash, used, renewed_at)
        VALUES (${pool}, ${keyedHash('mail-allowance', key)}, 1, ${renewedAt})
        ON CONFLICT (pool, key_hash) DO UPDATE SET
          used = CASE WHEN known.renewed_at <= ${now} THEN 1 ELSE least(known.used, ${limit}::integer) + 1 END,
          renewed_at = CASE WHEN known.renewed_at <= ${now} THEN excluded.renewed_at ELSE known.renewed_at END
        RETURNING used`;
      const [row] = rowsSchema.parse(rows);
      return row !== undefined && row.used <= limit;
    },
  };
}
