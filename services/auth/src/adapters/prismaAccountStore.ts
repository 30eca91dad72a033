import { SealBroken } from '@todo-chatbot/service-kit';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { OwnBoxes, WrappedDataKey } from '../ports/dataKeys.ts';
import type { EmailIndex } from '../ports/keyedHash.ts';
import { type AccountRow, findAccountRow, openAccount, sealIdentity } from './accountRows.ts';
import { linkRow } from './emailLinkRows.ts';
import { queueMail } from './queueMail.ts';
import { recordEvents } from './recordEvents.ts';

/** Accounts in PostgreSQL. */
export function createPrismaAccountStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: OwnBoxes;
  readonly emailIndex: EmailIndex;
  /** A data key that is nobody's. */
  readonly decoyKey: WrappedDataKey;
}): AccountStore {
  const { prisma, boxes, emailIndex, decoyKey } = options;
  const decoy = decoyRow(boxes, decoyKey);
  return {
    async create({ account, dataKey, passwordHash, verification }, events) {
      const { email, name, ...rest } = account;
      const box = boxes.opened(dataKey);
      const sealed = { ...sealIdentity(box, { email, name }), emailIndex: emailIndex(email) };
      try {
        await prisma.$transaction([
          prisma.user.create({ data: { ...rest, ...sealed, passwordHash } }),
          prisma.dataKey.create({ data: { ...dataKey, createdAt: account.createdAt } }),
          ...(verification
            ? [
                prisma.emailLink.create({ data: linkRow(verification.link, { box, emailIndex }) }),
                queueMail(prisma, [verification.job]),
              ]
            : []),
          ...recordEvents(prisma, events),
        ]);
        return 'created';
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },
    async findByEmail(email) {
      const found = await findAccountRow(prisma, Prisma.sql`users.email_index = ${emailIndex(email)}`);
      // To find nobody is the same work as to find somebody (AUTH-6).
      const record = openAccount(boxes, found ?? decoy);
      if (!found) return null;
      // An index that was moved to another row would give that row's owner mails and sign-ins that are not theirs.
      if (record.account.email !== email) throw new SealBroken();
      return record;
    },
    async find(userId) {
      const found = await findAccountRow(prisma, Prisma.sql`users.id = ${userId}`);
      return found && openAccount(boxes, found);
    },
    async replacePasswordHash({ userId, from, to }) {
      const { count } = await prisma.user.updateMany({
        where: { id: userId, passwordHash: from },
        data: { passwordHash: to },
      });
      return count === 1;
    },
  };
}

function decoyRow(boxes: OwnBoxes, { personId, wrappedKey, masterKeyId }: WrappedDataKey): AccountRow {
  const sealed = sealIdentity(boxes.opened({ personId, wrappedKey, masterKeyId }), {
    email: 'nobody@example.com',
    name: 'Nobody',
  });
  return {
    id: personId,
    ...sealed,
    email_verified: false,
    roles: ['user'],
    status: 'active',
    password_hash: null,
    access_version: 0,
    created_at: new Date(0),
    wrapped_key: wrappedKey,
    master_key_id: masterKeyId,
  };
}

/** The unique index on the address's index decides, so that two registrations at once cannot both win; an id never repeats. */
function isEmailTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
