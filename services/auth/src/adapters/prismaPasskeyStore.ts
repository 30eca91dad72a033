import { passkeyLimit } from '@todo-chatbot/contracts';
import type { PersonBoxes } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { PasskeyStore } from '../ports/secondFactorStores.ts';
import { addSessionProof, finishRemoval, lockFactorsOf } from './factorChanges.ts';
import type { NoticeIn } from './noticesIn.ts';
import { passkeyName } from './passkeyName.ts';
import { recordEventsIn } from './recordEvents.ts';

const verdictRowsSchema = z.array(z.strictObject({ grew: z.boolean() })).max(1);

/** Passkeys in PostgreSQL; their owner is told by mail when one is added or removed. */
export function createPrismaPasskeyStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
  readonly noticeIn: NoticeIn;
}): PasskeyStore {
  const { prisma, boxes, noticeIn } = options;
  return {
    async add({ session, passkey, now, events }) {
      const { userId } = session;
      const name = (await boxes.of(userId)).seal(passkeyName(passkey.id), passkey.name);
      return prisma.$transaction(async (tx) => {
        await lockFactorsOf(tx, userId);
        if ((await tx.passkey.count({ where: { userId } })) >= passkeyLimit) return 'too-many';
        const { count } = await tx.passkey.createMany({
          data: [{ ...passkey, name, userId, transports: [...passkey.transports], createdAt: now }],
          skipDuplicates: true,
        });
        if (count === 0) return 'exists';
        await addSessionProof(tx, { session, method: 'passkey', now });
        await recordEventsIn(tx, events);
        await noticeIn(tx, 'second-factor-changed', userId);
        return 'added';
      });
    },
    async find(id) {
      const found = await prisma.passkey.findUnique({ where: { id } });
      return found && { id, userId: found.userId, publicKey: found.publicKey };
    },
    async useCounter({ id, signCount, isBackedUp, now }) {
      const rows = await prisma.$queryRaw`
        WITH grown AS (
          UPDATE passkeys SET sign_count = ${signCount}::bigint, is_backed_up = ${isBackedUp}, last_used_at = ${now}
          WHERE id = ${id} AND (sign_count < ${signCount}::bigint OR (sign_count = 0 AND ${signCount}::bigint = 0))
          RETURNING id
        )
        SELECT EXISTS (SELECT FROM grown) AS grew FROM passkeys WHERE id = ${id}`;
      const [row] = verdictRowsSchema.parse(rows);
      if (!row) return 'gone';
      return row.grew ? 'grew' : 'went-back';
    },
    remove: (removal) =>
      prisma.$transaction(async (tx) => {
        const { userId, id } = removal;
        await lockFactorsOf(tx, userId);
        const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
        if (count === 0) return false;
        await finishRemoval(tx, removal);
        await noticeIn(tx, 'second-factor-changed', userId);
        return true;
      }),
  };
}
