import { newId } from '@todo-chatbot/contracts';
import { type Clock, newAuditEvent, serviceContext } from '@todo-chatbot/service-kit';
import { deadlineOf, nextRequestAt } from '../domain/erasure.ts';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { ErasureStore } from '../ports/erasureStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { accessChanged } from './accessChanged.ts';
import { erasureRequested } from './beginErasure.ts';

export type EraseRestored = ReturnType<typeof createEraseRestored>;

/**
 * Erases again whoever came back with a backup from before their erasure (PRIV-4): their key is not in it, so what came back is sealed for
 * ever, and it goes as well. Nobody has the link to such an erasure; its certificate is one more entry of the log.
 */
export function createEraseRestored(options: {
  readonly erasures: Pick<ErasureStore, 'eraseRestored'>;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
  readonly deadlineHours: number;
}) {
  const { erasures, keyedHash, clock, deadlineHours } = options;
  /** @returns how many were begun, `limit` at most */
  return (limit: number): Promise<number> => {
    const now = clock.now();
    return erasures.eraseRestored({
      limit,
      erasure: (personId) => ({
        id: newId('erasure'),
        personId,
        requestedBy: 'administrator',
        tokenHash: keyedHash('erasure', createOpaqueToken()),
        requestedAt: now,
        deadlineAt: deadlineOf(now, deadlineHours),
        nextRequestAt: nextRequestAt(1, now),
      }),
      events: ({ erasure: { id, personId }, accessVersion }) => [
        accessChanged({ userId: personId, minimumVersion: accessVersion, now }),
        erasureRequested({ id, personId }),
        newAuditEvent({
          context: serviceContext('auth'),
          action: 'privacy.repeat-erasure',
          category: 'administration',
          success: true,
          object: { type: 'user', id: personId },
          input: { erasureId: id },
          retentionClass: 'administration',
        }),
      ],
    });
  };
}
