import type { Prisma } from '../../generated/prisma/client.ts';

/**
 * Locks the person's row until the end of the transaction when they are active: what is added to an account cannot slip past a
 * suspension or deletion at the same moment, which change that row (AUTH-11).
 */
export async function isLockedWhileActive(transaction: Prisma.TransactionClient, userId: string): Promise<boolean> {
  const locked = await transaction.$executeRaw`
    SELECT FROM users WHERE id = ${userId} AND status = 'active' FOR NO KEY UPDATE`;
  return locked === 1;
}
