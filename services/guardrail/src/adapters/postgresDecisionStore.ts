import { addToOutbox } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import type { DecisionStore } from '../ports/decisionStore.ts';

/** The store on PostgreSQL. */
export function createPostgresDecisionStore({ prisma }: { prisma: PrismaClient }): DecisionStore {
  return {
    async keep(decision, text, events) {
      // `createMany`, because `create` reads the row back and the service's role may not read all of it.
      const decisions = { data: [{ ...decision }] };
      if (text === null) {
        await prisma.$transaction([prisma.decision.createMany(decisions), addToOutbox(prisma, events)]);
        return;
      }
      const { id, userId, createdAt } = decision;
      await prisma.$transaction(async (tx) => {
        await lockTextsOf(tx, userId);
        await tx.decision.createMany(decisions);
        await tx.$executeRaw`
          INSERT INTO quarantined_texts (decision_id, user_id, sealed_text, created_at)
          SELECT ${id}, ${userId}, ${text.sealedText}, ${createdAt}
          WHERE NOT EXISTS (
            SELECT FROM withdrawals WHERE user_id = ${userId} AND minimum_version > ${text.accessVersion})`;
        await addToOutbox(tx, events);
      });
    },
    forgetTexts: ({ userId, minimumVersion, at }, eventsFor) =>
      prisma.$transaction(async (tx) => {
        await lockTextsOf(tx, userId);
        const isNews = await tx.$executeRaw`
          INSERT INTO withdrawals AS known (user_id, minimum_version, withdrawn_at)
          VALUES (${userId}, ${minimumVersion}, ${at})
          ON CONFLICT (user_id) DO UPDATE SET
            minimum_version = excluded.minimum_version, withdrawn_at = excluded.withdrawn_at
          WHERE known.minimum_version < excluded.minimum_version`;
        // What came with a later consent stays when the event comes again.
        if (isNews === 0) return;
        const count = await tx.$executeRaw`DELETE FROM quarantined_texts WHERE user_id = ${userId}`;
        await addToOutbox(tx, eventsFor(count));
      }),
  };
}

/** Distinguishes this lock from others on the hash of a person's id. */
const textsLockSeed = 7_305_814_411;

/** Until the transaction ends, nobody else keeps or forgets texts of the person: none is kept between a withdrawal and its deletion. */
async function lockTextsOf(tx: Prisma.TransactionClient, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, ${textsLockSeed}::bigint))`;
}
