import { newId, type RetentionClass } from '@todo-chatbot/contracts';
import { type Clock, metrics, newEvent } from '@todo-chatbot/service-kit';
import { createRemovalDigest, removalEventData } from '../domain/bodyRemoval.ts';
import { columnsOfBody, type EncodedEntry, encodeEntry, isCommitment } from '../domain/entry.ts';
import type { LogTransaction, RemovedBody } from '../ports/logStore.ts';
import { LogDamagedError, type LogWriter } from './logWriter.ts';

/** Bodies of one transaction: some tens of milliseconds, for which new entries wait. */
const bodiesPerRun = 1_000;

/** Which bodies are due. */
export interface Expiry {
  readonly retentionClass: RetentionClass;
  /** Bodies of entries from before this time are due. */
  readonly before: Date;
  /** How many go at most, from 1 to {@link bodiesPerRun}. */
  readonly most?: number;
}

/**
 * Removes the oldest bodies of a class whose period is over, at most {@link bodiesPerRun}, and accounts for them in an entry of the same
 * transaction, so that the verifier can tell an expired body from one that somebody made disappear. Gives how many went.
 * Throws LogDamagedError, and removes nothing, when a body is not what its leaf commits to or its columns claim: whoever may change
 * columns must not be able to make this work destroy what is not due.
 */
export function createRemoveExpiredBodies(options: { readonly writer: LogWriter; readonly clock: Clock }) {
  const { writer, clock } = options;

  return async function removeExpiredBodies({ retentionClass, before, most = bodiesPerRun }: Expiry): Promise<number> {
    const now = clock.now();
    const runId = newId('run');
    let count = 0;
    const work = async (transaction: LogTransaction): Promise<readonly EncodedEntry[]> => {
      const removed = await transaction.removeBodies({ retentionClass, before, runId, most });
      const [first] = removed;
      if (!first) return [];
      const digest = createRemovalDigest();
      for (const body of removed) {
        checkExpired(body, { retentionClass, before });
        digest.add(body);
      }
      count = removed.length;
      const data = removalEventData({
        runId,
        retentionClass,
        before,
        count,
        firstIndex: first.index,
        digest: digest.hex(),
      });
      const event = newEvent({ type: 'audit.recorded.v1', subject: 'audit', source: 'audit', data });
      return [encodeEntry({ ...event, time: now.toISOString() })];
    };
    await writer.appendFrom(work);
    metrics.counter('audit_bodies_removed_total').add(count, { class: retentionClass });
    return count;
  };
}

function checkExpired(
  { index, leaf, body }: RemovedBody,
  due: { readonly retentionClass: RetentionClass; readonly before: Date },
): void {
  const says = columnsOfBody(body);
  const isDue = says.retentionClass === due.retentionClass && Date.parse(says.time) < due.before.getTime();
  if (!isCommitment(leaf, body) || !isDue) {
    throw new LogDamagedError(`the body of entry ${index} is not what is stored beside it`);
  }
}
