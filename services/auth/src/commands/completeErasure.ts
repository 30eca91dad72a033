import { erasedRowsInWords } from '@todo-chatbot/contracts';
import { type Clock, newAuditEvent, newEvent, serviceContext } from '@todo-chatbot/service-kit';
import type { Erasure, ErasureReceipt, ErasureStore } from '../ports/erasureStore.ts';
import type { JobSealer } from '../ports/mailQueue.ts';
import { accessChanged } from './accessChanged.ts';

export type CompleteErasure = ReturnType<typeof createCompleteErasure>;

/**
 * The last step of an erasure: the data key is destroyed, and with it whatever was missed anywhere. The audit event is the certificate:
 * counts, times and the ids of the receipts, provable for as long as there is a log. False when it is not time yet, or done already.
 */
export function createCompleteErasure(options: {
  readonly erasures: Pick<ErasureStore, 'complete'>;
  readonly jobs: Pick<JobSealer, 'seal'>;
  readonly wakeMail: () => void;
  readonly clock: Clock;
}) {
  const { erasures, jobs, wakeMail, clock } = options;
  return async (id: string): Promise<boolean> => {
    const now = clock.now();
    const isComplete = await erasures.complete({
      id,
      now,
      events: ({ erasure, accessVersion }) => {
        const { personId: userId } = erasure;
        const certificate = certificateOf(erasure, now);
        return {
          certificateId: certificate.id,
          job: jobs.seal({ kind: 'forget', userId }),
          events: [
            accessChanged({ userId, minimumVersion: accessVersion, now }),
            newEvent({ type: 'privacy.key_destroyed.v1', source: 'auth', subject: userId, data: { userId } }),
            certificate,
          ],
        };
      },
    });
    if (isComplete) wakeMail();
    return isComplete;
  };
}

function certificateOf({ id, personId, requestedAt, requestedBy, receipts }: Erasure, completedAt: Date) {
  return newAuditEvent({
    context: serviceContext('auth'),
    action: 'privacy.complete-erasure',
    category: 'administration',
    success: true,
    object: { type: 'erasure', id },
    input: {
      userId: personId,
      requestedBy,
      requestedAt: requestedAt.toISOString(),
      completedAt: completedAt.toISOString(),
      erased: receipts.map(inWords),
      receipts: receipts.map(({ eventId }) => eventId),
    },
    retentionClass: 'administration',
  });
}

/** `task 2026-11-27T10:00:00.000Z tasks=2 lists=1 answers=0` */
function inWords({ service, erasedAt, rows }: ErasureReceipt): string {
  return `${service} ${erasedAt.toISOString()} ${erasedRowsInWords(rows)}`;
}
