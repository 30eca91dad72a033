import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import { PrismaClient } from '../../generated/prisma/client.ts';

/**
 * Transactions hold a few short statements and no call of another service. The time-out lies above the pool's own statement
 * and idle time-outs, so that PostgreSQL ends a stuck one first: Prisma ending it during COMMIT would bring the process down
 * (prisma/orm#29952).
 */
const transactionOptions = { maxWait: 5_000, timeout: 30_000 } as const;

/** Prisma over the service's own pool; closing it leaves the pool open. */
export function createPrisma(pool: Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
}
