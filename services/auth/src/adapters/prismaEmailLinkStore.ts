import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { OwnBoxes, WrappedDataKey } from '../ports/dataKeys.ts';
import type { ConfirmedEmail, EmailLinkStore, PasswordReset, StoredLink } from '../ports/emailLinkStore.ts';
import type { EmailIndex, KeyedHash } from '../ports/keyedHash.ts';
import { bytesSchema, openEmail, openIdentity, sealEmail } from './accountRows.ts';
import { linkRow, openLinkEmail } from './emailLinkRows.ts';
import { endSessionsIn, forgetDevicesIn } from './endSessions.ts';
import { queueMail } from './queueMail.ts';
import { recordEventsIn } from './recordEvents.ts';

const keySchema = z.object({ wrapped_key: bytesSchema, master_key_id: z.string() });
const usedUpRowsSchema = z
  .array(
    keySchema.extend({
      user_id: z.string(),
      link_email: bytesSchema,
      email: bytesSchema,
      is_same_email: z.boolean(),
      is_good: z.boolean(),
    }),
  )
  .max(1);
const resetRowsSchema = z
  .array(keySchema.extend({ id: z.string(), email: bytesSchema, was_verified: z.boolean(), access_version: z.int() }))
  .max(1);
const lockedRowsSchema = z.array(keySchema.extend({ access_version: z.int() })).max(1);
const addressTakenSchema = z.object({
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        kind: z.literal('UniqueConstraintViolation'),
        constraint: z.object({ index: z.literal('users_email_index_key') }),
      }),
    }),
  }),
});

/** Mailed links in PostgreSQL. */
export function createPrismaEmailLinkStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: Pick<OwnBoxes, 'opened'>;
  readonly emailIndex: EmailIndex;
  readonly keyedHash: KeyedHash;
}): EmailLinkStore {
  const { prisma, boxes, emailIndex, keyedHash } = options;
  const boxOf = (userId: string, key: z.infer<typeof keySchema>) => boxes.opened(dataKeyOf(userId, key));

  /**
   * Uses the link up and confirms its address. Its owner is locked: of two that come with the same link, the second finds none. A link to
   * verify is worth something only for the address that the account still has.
   */
  async function confirm(
    transaction: Prisma.TransactionClient,
    { tokenHash, now }: { readonly tokenHash: StoredLink['tokenHash']; readonly now: Date },
  ): Promise<ConfirmedEmail | null> {
    const rows = await transaction.$queryRaw`
      WITH link AS (
        DELETE FROM email_links
        WHERE token_hash = ${tokenHash} AND purpose IN ('verify-email', 'change-email') AND expires_at > ${now}
        RETURNING purpose, user_id, email, email_index
      )
      SELECT link.user_id, link.email AS link_email, users.email, link.email_index = users.email_index AS is_same_email,
        (link.purpose = 'change-email' OR link.email_index = users.email_index) AS is_good, wrapped_key, master_key_id
      FROM link JOIN users ON users.id = link.user_id JOIN data_keys ON person_id = users.id
      WHERE users.status = 'active'`;
    const [row] = usedUpRowsSchema.parse(rows);
    if (!row?.is_good) return null;
    const userId = row.user_id;
    if (row.is_same_email) {
      await transaction.user.update({ where: { id: userId }, data: { emailVerified: true } });
      return { userId, earlierEmail: null };
    }
    const box = boxOf(userId, row);
    const email = openLinkEmail(box, { tokenHash, email: row.link_email });
    await transaction.$executeRaw`
      UPDATE users SET email = ${sealEmail(box, email)}, email_index = ${emailIndex(email)}, email_verified = true
      WHERE id = ${userId}`;
    return { userId, earlierEmail: openEmail(box, row.email) };
  }

  /** Uses the link up and sets the password in one statement, for the address that the account still has. */
  async function reset(
    transaction: Prisma.TransactionClient,
    redeemed: { readonly tokenHash: StoredLink['tokenHash']; readonly passwordHash: string; readonly now: Date },
  ): Promise<(Omit<PasswordReset, 'endedSessionIds'> & { readonly wasVerified: boolean }) | null> {
    const { tokenHash, passwordHash, now } = redeemed;
    const rows = await transaction.$queryRaw`
      WITH link AS (
        DELETE FROM email_links
        WHERE token_hash = ${tokenHash} AND purpose = 'reset-password' AND expires_at > ${now}
        RETURNING user_id, email_index
      ), person AS (
        SELECT users.id, users.email_verified AS was_verified, wrapped_key, master_key_id
        FROM users JOIN link ON link.user_id = users.id AND link.email_index = users.email_index
          JOIN data_keys ON person_id = users.id
        WHERE users.status <> 'deleted'
        FOR NO KEY UPDATE OF users
      )
      UPDATE users SET password_hash = ${passwordHash}, email_verified = true, access_version = access_version + 1
      FROM person WHERE users.id = person.id
      RETURNING users.id, users.email, person.was_verified, users.access_version, person.wrapped_key, person.master_key_id`;
    const [row] = resetRowsSchema.parse(rows);
    if (!row) return null;
    const email = openEmail(boxOf(row.id, row), row.email);
    return { userId: row.id, email, wasVerified: row.was_verified, accessVersion: row.access_version };
  }

  return {
    issue: ({ link, jobs, events, inPlaceOf, accessVersion }) =>
      prisma.$transaction(async (transaction) => {
        const current = await lockPerson(transaction, link.userId);
        if (current === null || current.accessVersion !== (accessVersion ?? current.accessVersion)) return false;
        if (inPlaceOf !== undefined) {
          const { count } = await transaction.mailInQueue.deleteMany({ where: { id: inPlaceOf } });
          if (count === 0) return false;
        }
        await transaction.emailLink.deleteMany({ where: { userId: link.userId, purpose: link.purpose } });
        const box = boxes.opened(current.dataKey);
        await transaction.emailLink.create({ data: linkRow(link, { box, emailIndex }) });
        await queueMail(transaction, jobs);
        await recordEventsIn(transaction, events);
        return true;
      }),
    async peekReset(tokenHash, now) {
      const found = await prisma.emailLink.findUnique({
        where: { tokenHash, purpose: 'reset-password', expiresAt: { gt: now } },
        select: { userId: true, email: true, user: { select: { email: true, name: true, dataKey: true } } },
      });
      const { email, name, dataKey } = found?.user ?? {};
      // Only a tombstone has no name.
      if (!found || !email || !name || !dataKey) return null;
      const box = boxes.opened(dataKey);
      return {
        userId: found.userId,
        email: openLinkEmail(box, { tokenHash, email: found.email }),
        name: openIdentity(box, { email, name }).name,
      };
    },
    async confirmEmail({ tokenHash, now, eventsFor, jobsFor }) {
      try {
        return await prisma.$transaction(async (transaction) => {
          await lockOwner(transaction, tokenHash);
          const confirmed = await confirm(transaction, { tokenHash, now });
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
        const redeemed = await reset(transaction, { tokenHash, passwordHash, now });
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
        const done: PasswordReset = { ...person, endedSessionIds };
        await queueMail(transaction, jobsFor(done));
        await recordEventsIn(transaction, eventsFor(done));
        return done;
      }),
  };
}

/**
 * Two links at once for one person are made one after the other, so that the later replaces the earlier, and none is made across a reset.
 * Null when the person, or their key, is gone.
 */
async function lockPerson(
  transaction: Prisma.TransactionClient,
  userId: string,
): Promise<{ readonly accessVersion: number; readonly dataKey: WrappedDataKey } | null> {
  const rows = await transaction.$queryRaw`
    SELECT access_version, wrapped_key, master_key_id FROM users JOIN data_keys ON person_id = users.id
    WHERE users.id = ${userId} AND status <> 'deleted' FOR NO KEY UPDATE OF users`;
  const [row] = lockedRowsSchema.parse(rows);
  return row ? { accessVersion: row.access_version, dataKey: dataKeyOf(userId, row) } : null;
}

function dataKeyOf(personId: string, key: z.infer<typeof keySchema>): WrappedDataKey {
  return { personId, wrappedKey: key.wrapped_key, masterKeyId: key.master_key_id };
}

/** Whoever touches links locks their person first: with two orders, a link redeemed while it is replaced would be a deadlock. */
async function lockOwner(transaction: Prisma.TransactionClient, tokenHash: StoredLink['tokenHash']): Promise<void> {
  await transaction.$executeRaw`
    SELECT FROM users JOIN email_links ON email_links.user_id = users.id
    WHERE email_links.token_hash = ${tokenHash} FOR NO KEY UPDATE OF users`;
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
