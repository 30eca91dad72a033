import type { AppId } from '@todo-chatbot/contracts';
import { forgetAnswers } from '../database/idempotency.ts';
import type { RawSql } from '../database/rawSql.ts';
import { takeFromInbox } from '../events/inbox.ts';
import { newAuditEvent, newEvent } from '../events/newEvent.ts';
import type { EventHandlers } from '../events/subscription.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';
import { forgetExportShares } from './exportWorker.ts';
import type { DeleteRowsOfPerson } from './personalData.ts';
import type { InPrivacyTransaction } from './privacyTransaction.ts';

/** Names the effect in the inbox. */
const consumer = 'erasure';

/** How many rows went, by what they were. */
type ErasedRows = Readonly<Record<string, number>>;

/** Erases a person from a service (PRIV-4). */
export function erasureHandlers(options: {
  readonly service: AppId;
  readonly inTransaction: InPrivacyTransaction;
  readonly erase: DeleteRowsOfPerson;
  readonly forgetKeys: (userId: string) => void;
}): EventHandlers {
  const { service, inTransaction, erase, forgetKeys } = options;

  /** The service's rows, the answers that the kit keeps for repeats, and exports that were asked for. */
  async function eraseAll(tx: RawSql, userId: string): Promise<ErasedRows> {
    return {
      ...(await erase(tx, userId)),
      answers: await forgetAnswers(tx, userId),
      exports: await forgetExportShares(tx, userId),
    };
  }

  return {
    // Rows, inbox, receipt and audit entry are one transaction. A request that is repeated is another event, because `auth` may have lost
    // the receipt: it is done again, and answered again.
    'privacy.erasure_requested.v1': async ({ id: eventId, data: { erasureId, userId } }) => {
      await inTransaction(async ({ tx, record }) => {
        if (!(await takeFromInbox(tx, consumer, eventId))) return;
        const rows = await eraseAll(tx, userId);
        const data = { erasureId, userId, service, rows };
        await addToOutbox(tx, [newEvent({ type: 'privacy.erased.v1', source: service, subject: erasureId, data })]);
        await record(forgotten(userId, rows));
      });
      return 'success';
    },
    // A request that was under way at the erasure may have written since.
    'privacy.key_destroyed.v1': async ({ id: eventId, data: { userId } }) => {
      forgetKeys(userId);
      await inTransaction(async ({ tx, record }) => {
        if (!(await takeFromInbox(tx, consumer, eventId))) return;
        const rows = await eraseAll(tx, userId);
        if (Object.values(rows).some((count) => count > 0)) await record(forgotten(userId, rows));
      });
      return 'success';
    },
  };
}

/** Holds numbers and the person's id, which means nothing to anybody any more (AUD-4). */
function forgotten(userId: string, rows: ErasedRows) {
  return newAuditEvent({
    action: 'person.forget',
    category: 'data-change',
    success: true,
    object: { type: 'user', id: userId },
    input: rows,
    retentionClass: 'security',
  });
}
