import type { CloudEvent } from '@todo-chatbot/contracts';
import type { Pool } from 'pg';
import { executeRawOf, type RawSql } from '../database/rawSql.ts';
import { inTransaction } from '../database/transaction.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';

/** A transaction of a service's own database. */
export interface PrivacyTransaction {
  readonly tx: RawSql;
  /** Keeps an audit event exactly when the transaction commits. Call it last. */
  record(event: CloudEvent): Promise<void>;
}

/** Runs work in one such transaction; a throw rolls back. */
export type InPrivacyTransaction = (work: (transaction: PrivacyTransaction) => Promise<void>) => Promise<void>;

/** For services whose audit events leave through the outbox: all but `audit` itself. */
export function privacyTransactionsIn(pool: Pool): InPrivacyTransaction {
  return (work) =>
    inTransaction(pool, async (client) => {
      const tx = executeRawOf(client);
      await work({ tx, record: async (event) => void (await addToOutbox(tx, [event])) });
    });
}
