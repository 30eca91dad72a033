import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { ConfirmedEmail, EmailLinkStore, PasswordReset, StoredLink } from '../ports/emailLinkStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { endSessionsIn, forgetDevicesIn } from './endSessions.ts';
import { queueMail } from './queueMail.ts';
import { recordEventsIn } from './recordEvents.ts';

const confirmedRowsSchema = z.array(z.strictObject({ id: z.string(), earlier_email: z.string().nullable() })).max(1);
const resetRowsSchema = z
  .array(z.strictObject({ id: z.string(), email: z.string(), was_verified: z.boolean(), access_version: z.int() }))
  .max(1);

const lockedRowsSchema = z.array(z.strictObject({ access_version: z.int() })).max(1);
const addressTakenSchema = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        kind: z.literal('UniqueConstraintViolation'),
        constraint: z.object({ index: z.literal('users_email_key') }),
      }),
    }),
  }),
});

/** Mailed links in PostgreSQL. */
export function createPrismaEmailLinkStore(options: {
  readonly prisma: PrismaClient;
  readonly keyedHash: KeyedHash;
}): EmailLinkStore {
  const { prisma, keyedHash } = options;
  return {
    issue: ({ link, jobs, events, inPlaceOf, accessVersion }) =>
      prisma.$transaction(async (transaction) => {
        const current = await lockPerson(transaction, link.userId);
        if (current === null || current !== (accessVersion ?? current)) return false;
        if (inPlaceOf !== undefined) {
          const { count } = await transaction.mailInQueue.deleteMany({ where: { id: inPlaceOf } });
          if (count === 0) return false;
        }
        await transaction.emailLink.deleteMany({ where: { userId: link.userId, purpose: link.purpose } });
        await transaction.emailLink.create({ data: link });
        await queueMail(transaction, jobs);
        await recordEventsIn(transaction, events);
        return true;
      }),
    async peekReset(tokenHash, now) {
      const found = await prisma.emailLink.findUnique({
        where: { tokenHash, purpose: 'reset-password', expiresAt: { gt: now } },
        select: { userId: true, email: true, user: { select: { name: true } } },
      });
      const name = found?.user.name;
      // Only a tombstone has no name.
      return found && name ? { userId: found.userId, email: found.email, name } : null;
    },
    async confirmEmail({ tokenHash, now, eventsFor, jobsFor }) {
      try {
        return await prisma.$transaction(async (transaction) => {
          await lockOwner(transaction, tokenHash);
          const confirmed = await confirmInOneStatement(transaction, { tokenHash, now });
          if (!confirmed) return null;
          // What was mailed to the earlier address is worth nothing any more.
          if (confirmed.earlierEmail !== null) {
            await transaction.emailLink.deleteMany({ where: { userId: confirmed.userId } });
          }
          await queueMail(transaction, jobsFor(confirmed));
          await recordEventsIn(transaction, eventsFor(confirmed));
          return confirmed;
        });
      } catch (error) {
        if (isAddressTaken(error)) return null;
        throw error;
      }
    },
    resetPassword: ({ tokenHash, passwordHash, now, eventsFor, jobsFor }) =>
      prisma.$transaction(async (transaction) => {
        await lockOwner(transaction, tokenHash);
        const redeemed = await resetInOneStatement(transaction, { tokenHash, passwordHash, now });
        if (!redeemed) return null;
        const { wasVerified, ...person } = redeemed;
        const endedSessionIds = await shutEverybodyOut(transaction, person.userId, now);
        // Whoever had the password may have made keys with it, and the mails that told the owner so advise a reset.
        await revokeKeys(transaction, person.userId, now);
        if (!wasVerified) await removeFactors(transaction, person.userId);
        // Whoever guessed at the old password has locked nobody out of the new one (AUTH-7).
        await transaction.attemptCounter.deleteMany({
          where: { pool: 'password-account', keyHash: keyedHash('attempts', person.email) },
        });
        const reset: PasswordReset = { ...person, endedSessionIds };
        await queueMail(transaction, jobsFor(reset));
        await recordEventsIn(transaction, eventsFor(reset));
        return reset;
      }),
  };
}

/**
 * Two links at once for one person are made one after the other, so that the later replaces the earlier, and none is made across a reset.
 * @returns the person's access version; null when the person is gone.
 */
async function lockPerson(transaction: Prisma.TransactionClient, userId: string): Promise<number | null> {
  const rows = await transaction.$queryRaw`
    SELECT access_version FROM users WHERE id = ${userId} AND status <> 'deleted' FOR NO KEY UPDATE`;
  return lockedRowsSchema.parse(rows)[0]?.access_version ?? null;
}

/** Whoever touches links locks their person first: with two orders, a link redeemed while it is replaced would be a deadlock. */
async function lockOwner(transaction: Prisma.TransactionClient, tokenHash: StoredLink['tokenHash']): Promise<void> {
  await transaction.$executeRaw`
    SELECT FROM users JOIN email_links ON email_links.user_id = users.id
    WHERE email_links.token_hash = ${tokenHash} FOR NO KEY UPDATE OF users`;
}

/**
 * Uses the link up and confirms its address in one statement: of two that come with the same link, the second finds none. A link to verify
 * is worth something only for the address that the account still has.
 */
async function confirmInOneStatement(
  transaction: Prisma.TransactionClient,
  { tokenHash, now }: { readonly tokenHash: StoredLink['tokenHash']; readonly now: Date },
): Promise<ConfirmedEmail | null> {
  const rows = await transaction.$queryRaw`
    WITH link AS (
      DELETE FROM email_links
      WHERE token_hash = ${tokenHash} AND purpose IN ('verify-email', 'change-email') AND expires_at > ${now}
      RETURNING purpose, user_id, email
    ), person AS (
      SELECT users.id, users.email AS earlier_email, link.email
      FROM users JOIN link ON link.user_id = users.id
      WHERE users.status = 'active' AND (link.purpose = 'change-email' OR link.email = users.email)
      FOR NO KEY UPDATE OF users
    )
    UPDATE users SET email = person.email, email_verified = true
    FROM person WHERE users.id = person.id
    RETURNING users.id, nullif(person.earlier_email, person.email) AS earlier_email`;
  const [row] = confirmedRowsSchema.parse(rows);
  return row ? { userId: row.id, earlierEmail: row.earlier_email } : null;
}

/** Uses the link up and sets the password in one statement, for the address that the account still has. */
async function resetInOneStatement(
  transaction: Prisma.TransactionClient,
  options: { readonly tokenHash: StoredLink['tokenHash']; readonly passwordHash: string; readonly now: Date },
): Promise<(Omit<PasswordReset, 'endedSessionIds'> & { readonly wasVerified: boolean }) | null> {
  const { tokenHash, passwordHash, now } = options;
  const rows = await transaction.$queryRaw`
    WITH link AS (
      DELETE FROM email_links
      WHERE token_hash = ${tokenHash} AND purpose = 'reset-password' AND expires_at > ${now}
      RETURNING user_id, email
    ), person AS (
      SELECT users.id, users.email_verified AS was_verified
      FROM users JOIN link ON link.user_id = users.id AND link.email = users.email
      WHERE users.status <> 'deleted'
      FOR NO KEY UPDATE OF users
    )
    UPDATE users SET password_hash = ${passwordHash}, email_verified = true, access_version = access_version + 1
    FROM person WHERE users.id = person.id
    RETURNING users.id, users.email, person.was_verified, users.access_version`;
  const [row] = resetRowsSchema.parse(rows);
  if (!row) return null;
  return { userId: row.id, email: row.email, wasVerified: row.was_verified, accessVersion: row.access_version };
}

/**
 * Sessions, the devices that they made known, sign-ins that wait for their second factor, and every other link: a change of address that an
 * intruder has asked for must not survive the reset that throws them out.
 */
async function shutEverybodyOut(transaction: Prisma.TransactionClient, userId: string, now: Date): Promise<string[]> {
  const ended = await endSessionsIn(transaction, { userId, only: null, except: null, now });
  await forgetDevicesIn(transaction, { userId, only: null, except: null });
  await transaction.ticket.deleteMany({ where: { userId } });
  await transaction.emailLink.deleteMany({ where: { userId } });
  return ended.map(({ sessionId }) => sessionId);
}

/** Whoever set these up never showed that the mailbox was theirs: perhaps they only waited for its owner to come. */
async function removeFactors(transaction: Prisma.TransactionClient, userId: string): Promise<void> {
  await transaction.totpFactor.deleteMany({ where: { userId } });
  await transaction.recoveryCode.deleteMany({ where: { userId } });
  await transaction.passkey.deleteMany({ where: { userId } });
}

/** The tokens that they gave are refused already, because the access version grew. */
async function revokeKeys(transaction: Prisma.TransactionClient, userId: string, now: Date): Promise<void> {
  await transaction.apiKey.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } });
}

/** The unique index on the address decided; of a raw statement, only Prisma's driver says which fault it was. */
function isAddressTaken(error: unknown): boolean {
  return addressTakenSchema.safeParse(error).success;
}
