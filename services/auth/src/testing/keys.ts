import { PrismaPg } from '@prisma/adapter-pg';
import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { type Clock, prismaOptions } from '@todo-chatbot/service-kit';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { createPrismaAuditTrail } from '../adapters/prismaAuditTrail.ts';
import { buildKeys } from '../buildKeys.ts';
import { testSecrets } from './harness.ts';

/** The keys of a service under test, as another process beside it has them. */
export async function openTestKeys({
  database,
  clock,
  secrets = testSecrets,
}: {
  readonly database: TestDatabase;
  readonly clock: Clock;
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}) {
  const prisma = new PrismaClient({ adapter: new PrismaPg(database.pool), ...prismaOptions });
  const dapr = { secret: async (name: string) => secrets[name] ?? {} };
  const keys = await buildKeys({ prisma, dapr, auditTrail: createPrismaAuditTrail(prisma), clock });
  return { prisma, keys, close: () => prisma.$disconnect() };
}
