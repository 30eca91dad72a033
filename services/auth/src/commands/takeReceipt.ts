import { type AppId, type EventData, idSchema } from '@todo-chatbot/contracts';
import type { EventOutcome, Logger } from '@todo-chatbot/service-kit';
import type { ErasureStore } from '../ports/erasureStore.ts';
import type { CompleteErasure } from './completeErasure.ts';

export type TakeReceipt = ReturnType<typeof createTakeReceipt>;

/**
 * Takes the receipt of a service that has erased a person. `producer` is whose topic it came on: nobody gives a receipt for another
 * service, and none is taken for an erasure that was not asked for.
 */
export function createTakeReceipt(options: {
  readonly erasures: Pick<ErasureStore, 'recordReceipt'>;
  readonly completeErasure: CompleteErasure;
  readonly logger: Logger;
}) {
  const { erasures, completeErasure, logger } = options;
  return async (
    producer: AppId,
    eventId: string,
    erasedAt: Date,
    { erasureId, userId, service, rows }: EventData<'privacy.erased.v1'>,
  ): Promise<EventOutcome> => {
    const refuse = (): EventOutcome => {
      logger.error({ producer, service, erasureId, eventId }, 'a receipt of an erasure is refused');
      return 'drop';
    };
    // The event's id is in the certificate and on the page of the person: no place for a service's own words.
    if (service !== producer || !idSchema('event').safeParse(eventId).success) return refuse();
    const outcome = await erasures.recordReceipt({ erasureId, personId: userId, service, eventId, rows, erasedAt });
    if (outcome === 'refused') return refuse();
    // After `auth` was restored from a backup, services may answer what it does not remember to have asked.
    if (outcome === 'unknown') logger.warn({ service, erasureId, eventId }, 'a receipt is of no erasure known here');
    // Of receipts that come at once the later one sees them all. A crash in between is the worker's to find.
    else await completeErasure(erasureId);
    return 'success';
  };
}
