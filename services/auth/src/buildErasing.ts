import type { AppId } from '@todo-chatbot/contracts';
import type { Clock, EventHandlers, Logger, Route, Subscription } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createErasureWorker, type ErasureWorker } from './adapters/erasureWorker.ts';
import { createPrismaErasureStore } from './adapters/prismaErasureStore.ts';
import { createPrismaLegalHoldStore } from './adapters/prismaLegalHoldStore.ts';
import { type BeginErasure, createBeginErasure } from './commands/beginErasure.ts';
import { createCompleteErasure } from './commands/completeErasure.ts';
import { createEraseRestored } from './commands/eraseRestored.ts';
import { createLegalHolds } from './commands/legalHolds.ts';
import { createTakeReceipt } from './commands/takeReceipt.ts';
import type { Config } from './config.ts';
import { privacyReplySubscriptions } from './events/privacyReplies.ts';
import type { AccountStore } from './ports/accountStore.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import type { OwnBoxes } from './ports/dataKeys.ts';
import type { KeyedHash } from './ports/keyedHash.ts';
import type { MailAllowances } from './ports/mailAllowances.ts';
import type { JobSealer } from './ports/mailQueue.ts';
import { createReadErasures } from './queries/readErasures.ts';
import { erasureRoutes } from './routes/erasures/routes.ts';
import { legalHoldRoutes } from './routes/legalHolds/routes.ts';

/** The erasure of persons (PRIV-4). */
export interface Erasing {
  readonly beginErasure: BeginErasure;
  readonly worker: ErasureWorker;
  readonly routes: readonly Route[];
  readonly subscriptions: readonly Subscription[];
}

/** Builds the saga that erases persons from every service. */
export function buildErasing(options: {
  readonly prisma: PrismaClient;
  readonly accounts: AccountStore;
  readonly boxes: OwnBoxes;
  readonly keyedHash: KeyedHash;
  readonly jobs: JobSealer;
  readonly allowances: MailAllowances;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: Pick<Config, 'PUBLIC_ORIGIN' | 'ERASURE_DEADLINE_HOURS'>;
  /** What services say of exports, on the topics of their receipts. */
  readonly exportReplies: (producer: AppId) => EventHandlers;
}): Erasing {
  const { prisma, config } = options;
  const deadlineHours = config.ERASURE_DEADLINE_HOURS;
  const erasures = createPrismaErasureStore(prisma);
  const beginErasure = createBeginErasure({ ...options, erasures, origin: config.PUBLIC_ORIGIN, deadlineHours });
  const completeErasure = createCompleteErasure({ ...options, erasures });
  const legalHolds = createLegalHolds({ ...options, holds: createPrismaLegalHoldStore(prisma), deadlineHours });
  return {
    beginErasure,
    worker: createErasureWorker({
      ...options,
      erasures,
      completeErasure,
      eraseRestored: createEraseRestored({ ...options, erasures, deadlineHours }),
    }),
    routes: [
      ...erasureRoutes({ beginErasure, readErasures: createReadErasures({ ...options, erasures }) }),
      ...legalHoldRoutes(legalHolds),
    ],
    subscriptions: privacyReplySubscriptions({
      takeReceipt: createTakeReceipt({ ...options, erasures, completeErasure }),
      exportReplies: options.exportReplies,
    }),
  };
}
