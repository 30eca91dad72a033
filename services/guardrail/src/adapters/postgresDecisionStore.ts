import { addToOutbox } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { DecisionStore } from '../ports/decisionStore.ts';

/** The store on PostgreSQL. */
export function createPostgresDecisionStore({ prisma }: { prisma: PrismaClient }): DecisionStore {
  return {
    async keep(decision, events) {
      // `createMany`, because `create` reads the row back and the service's role may not read.
      await prisma.$transaction([prisma.decision.createMany({ data: [{ ...decision }] }), addToOutbox(prisma, events)]);
    },
  };
}
