import type { Clock, Logger } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createPrismaErasureStore } from './adapters/prismaErasureStore.ts';
import { type BeginErasure, createBeginErasure } from './commands/beginErasure.ts';
import { createTakeReceipt, type TakeReceipt } from './commands/takeReceipt.ts';
import type { Config } from './config.ts';
import type { AccountStore } from './ports/accountStore.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import type { KeyedHash } from './ports/keyedHash.ts';
import type { JobSealer } from './ports/mailQueue.ts';

/** The erasure of persons (PRIV-4). */
export interface Erasing {
  readonly beginErasure: BeginErasure;
  readonly takeReceipt: TakeReceipt;
}

/** Builds the saga that erases persons from every service. */
export function buildErasing(options: {
  readonly prisma: PrismaClient;
  readonly accounts: AccountStore;
  readonly keyedHash: KeyedHash;
  readonly jobs: JobSealer;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: Pick<Config, 'PUBLIC_ORIGIN' | 'ERASURE_DEADLINE_HOURS'>;
}): Erasing {
  const { prisma, config } = options;
  const erasures = createPrismaErasureStore(prisma);
  return {
    beginErasure: createBeginErasure({
      ...options,
      erasures,
      origin: config.PUBLIC_ORIGIN,
      deadlineHours: config.ERASURE_DEADLINE_HOURS,
    }),
    takeReceipt: createTakeReceipt({ ...options, erasures }),
  };
}
