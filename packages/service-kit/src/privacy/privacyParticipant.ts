import type { AppId } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import type { Subscription } from '../events/subscription.ts';
import type { Logger } from '../logging/logger.ts';
import type { DataKeys } from '../security/dataKeys.ts';
import { createExportWorker } from './exportWorker.ts';
import type { PersonalData } from './personalData.ts';
import { privacySubscription } from './privacySubscription.ts';
import { type InPrivacyTransaction, privacyTransactionsIn } from './privacyTransaction.ts';

/** A service's part in the erasures and exports that `auth` owns (PRIV-3, PRIV-4). */
export interface PrivacyParticipant {
  /** To `privacy.requests`. */
  readonly subscription: Subscription;
  /** Begins to give shares of exports. */
  start(): void;
  close(): Promise<void>;
}

/** `inTransaction` is for a service whose audit events do not go through the outbox. */
export function createPrivacyParticipant(options: {
  readonly pool: Pool;
  readonly service: AppId;
  readonly dataKeys: DataKeys;
  readonly personalData: PersonalData;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly inTransaction?: InPrivacyTransaction;
}): PrivacyParticipant {
  const { pool, dataKeys, personalData, inTransaction = privacyTransactionsIn(pool) } = options;
  const worker = createExportWorker({ ...options, inTransaction, collect: personalData.collect });
  return {
    subscription: privacySubscription({ ...options, inTransaction, forgetKeys: dataKeys.forget }),
    start: worker.start,
    close: worker.close,
  };
}
