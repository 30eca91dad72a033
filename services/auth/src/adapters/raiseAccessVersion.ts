import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.ts';

const rowsSchema = z.array(z.strictObject({ access_version: z.int() })).length(1);

/** Outdates a person's access tokens, in the caller's transaction; answers the version from which on they are good (AUTH-11). */
export async function raiseAccessVersion(transaction: Prisma.TransactionClient, userId: string): Promise<number> {
  const rows = await transaction.$queryRaw`
    UPDATE users SET access_version = access_version + 1 WHERE id = ${userId} RETURNING access_version`;
  const [row] = rowsSchema.parse(rows);
  if (!row) throw new Error('the account of a live session is gone');
  return row.access_version;
}
