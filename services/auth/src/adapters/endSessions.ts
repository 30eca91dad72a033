import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { SessionOwner } from '../ports/sessionStore.ts';

const rowsSchema = z.array(z.strictObject({ id: z.string() }));

/**
 * Takes the lock on a person, in the caller's transaction: a sign-in, a change of password and the end of sessions at the same moment
 * come one wholly after the other, and so do their events.
 */
export async function lockPerson(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
}

/** Ends the live sessions of a person: the one that is named, or all but the excepted one. Answers those that were live. */
export async function endSessionsIn(
  tx: Prisma.TransactionClient,
  sessions: {
    readonly userId: string;
    readonly only: string | null;
    readonly except: string | null;
    readonly now: Date;
  },
): Promise<SessionOwner[]> {
  const { userId, only, except, now } = sessions;
  const rows = await tx.$queryRaw`
    UPDATE sessions SET revoked_at = ${now}
    WHERE user_id = ${userId} AND revoked_at IS NULL
      AND (${only}::text IS NULL OR id = ${only}) AND (${except}::text IS NULL OR id <> ${except})
    RETURNING id`;
  return rowsSchema.parse(rows).map(({ id }) => ({ sessionId: id, userId }));
}

/** Forgets the devices of a person: those of the named session, or all, but for the one of the excepted session. */
export async function forgetDevicesIn(
  tx: Prisma.TransactionClient,
  devices: { readonly userId: string; readonly only: string | null; readonly except: string | null },
): Promise<void> {
  const { userId, only, except } = devices;
  await tx.$executeRaw`
    DELETE FROM devices
    WHERE user_id = ${userId}
      AND (${only}::text IS NULL OR id IN (SELECT device_id FROM sessions WHERE id = ${only}))
      AND id IS DISTINCT FROM (SELECT device_id FROM sessions WHERE id = ${except})`;
}

/**
 * Makes links to another address of the account worthless: whoever is thrown out with all sessions may have asked for one, and would come
 * back by it. Requests that still wait in the mail queue die of the access version.
 */
export async function withdrawEmailChangesIn(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.emailLink.deleteMany({ where: { userId, purpose: 'change-email' } });
}
