import { inTransaction, ProblemError } from '@todo-chatbot/service-kit';
import type { Pool, PoolClient } from 'pg';

/** Under way at a time: with the relay and the monitor, they leave connections of the pool's ten to the writer and to readers. */
const atOnce = 4;

/** Runs work in a transaction that commits only when its entry is in the log. */
export type RecordedTransaction = <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;

/**
 * Transactions in whose middle the log is written. Each holds a connection while the writer needs another one, so many at once would
 * starve the writer they wait for: beyond a few, callers are told to come back.
 * @throws ProblemError `upstream.unavailable`
 */
export function createRecordedTransactions(pool: Pool): RecordedTransaction {
  let underWay = 0;
  return async (work) => {
    if (underWay >= atOnce) throw new ProblemError('upstream.unavailable', { retryAfterSeconds: 1 });
    underWay += 1;
    try {
      return await inTransaction(pool, work);
    } finally {
      underWay -= 1;
    }
  };
}
