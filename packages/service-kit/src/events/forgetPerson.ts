import type { Pool } from 'pg';
import { forgetAnswers } from '../database/idempotency.ts';
import { executeRawOf, type RawSql } from '../database/rawSql.ts';
import { inTransaction } from '../database/transaction.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';
import { takeFromInbox } from './inbox.ts';
import { newAuditEvent } from './newEvent.ts';
import type { EventOf } from './subscription.ts';

/** Deletes what a service's own tables hold of a person, in the given transaction. Tells how many rows went, by what they were. */
export type DeleteRowsOfPerson = (tx: RawSql, userId: string) => Promise<Readonly<Record<string, number>>>;

/** What a service does when an account was deleted. */
export type ForgetPerson = (event: EventOf<'auth.user_deleted.v1'>) => Promise<void>;

/** Names the effect in the inbox. */
const consumer = 'forget-person';

/**
 * Forgets a person once for each deletion: the service's rows, the answers that the kit keeps for repeats, the inbox row and the
 * audit entry are one transaction. The entry holds numbers and the person's id, which means nothing to anybody any more (AUD-4).
 */
export function forgetPersonIn(pool: Pool, deleteRows: DeleteRowsOfPerson): ForgetPerson {
  return ({ id: eventId, data: { userId } }) =>
    inTransaction(pool, async (client) => {
      const tx = executeRawOf(client);
      if (!(await takeFromInbox(tx, consumer, eventId))) return;
      const rows = await deleteRows(tx, userId);
      const answers = await forgetAnswers(tx, userId);
      const entry = newAuditEvent({
        action: 'person.forget',
        category: 'data-change',
        success: true,
        object: { type: 'user', id: userId },
        input: { ...rows, answers },
        retentionClass: 'security',
      });
      await addToOutbox(tx, [entry]);
    });
}
