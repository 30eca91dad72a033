import type { Clock, Route } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createPrismaRetentionStore } from './adapters/prismaRetentionStore.ts';
import { createChangeRetention } from './commands/changeRetention.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import { createReadRetention } from './queries/readRetention.ts';
import { retentionRoutes } from './routes/retention/routes.ts';

/** The composition root's part for the periods of retention (PRIV-5). */
export function buildRetention(parts: {
  readonly prisma: PrismaClient;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}): Route[] {
  const store = createPrismaRetentionStore(parts.prisma);
  const readRetention = createReadRetention(store);
  return retentionRoutes({ readRetention, changeRetention: createChangeRetention({ ...parts, store, readRetention }) });
}
