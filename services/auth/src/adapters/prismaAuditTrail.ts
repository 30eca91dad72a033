import { addToOutbox } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';

/** Audit events of attempts that changed nothing. */
export function createPrismaAuditTrail(prisma: PrismaClient): AuditTrail {
  return {
    async record(events) {
      await addToOutbox(prisma, events);
    },
  };
}
