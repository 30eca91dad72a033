import { expiringClassSchema } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { RetentionStore } from '../ports/retentionStore.ts';

/** Periods of retention in PostgreSQL. */
export function createPrismaRetentionStore(prisma: PrismaClient): RetentionStore {
  return {
    async newest() {
      const rows = await prisma.retentionPeriod.findMany({ orderBy: { version: 'desc' }, distinct: ['class'] });
      return rows.map((row) => ({ ...row, class: expiringClassSchema.parse(row.class) }));
    },
    add: (change, events) =>
      prisma.$transaction(async (tx) => {
        // The primary key lets one of two changes of the same version through.
        const { count } = await tx.retentionPeriod.createMany({ data: [change], skipDuplicates: true });
        if (count === 1) await addToOutbox(tx, events);
        return count === 1;
      }),
  };
}
