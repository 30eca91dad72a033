import type { ErasureStatus, ErasureSummary, erasuresQuerySchema } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { audited } from '../commands/audited.ts';
import { erasingServices, servicesWithoutReceipt } from '../domain/erasure.ts';
import { decodeErasureCursor, encodeErasureCursor } from '../domain/erasuresPage.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { Erasure, ErasureStore } from '../ports/erasureStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';

export type ReadErasures = ReturnType<typeof createReadErasures>;

/** How far erasures are: to whoever has the secret of its link, and all of them to those who may see people. */
export function createReadErasures(options: {
  readonly erasures: Pick<ErasureStore, 'find' | 'page'>;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
}) {
  const { erasures, keyedHash, auditTrail } = options;
  return {
    /** @throws ProblemError `erasure.not-found`, also for a wrong secret */
    async status(id: string, token: string): Promise<ErasureStatus> {
      const found = await erasures.find(id, keyedHash('erasure', token));
      if (!found) throw new ProblemError('erasure.not-found');
      return statusOf(found);
    },
    /** Newest first. @throws ProblemError `request.invalid` for a cursor that is none of ours */
    list: ({ limit, cursor }: z.output<typeof erasuresQuerySchema>) =>
      audited(
        { auditTrail, action: 'privacy.list-erasures', input: {}, category: 'data-access' },
        async (attempt): Promise<{ readonly items: readonly ErasureSummary[]; readonly nextCursor: string | null }> => {
          const after = cursor === undefined ? null : decodeErasureCursor(cursor);
          if (cursor !== undefined && after === null) {
            const errors = [{ path: 'query.cursor', message: 'is not a cursor of this list' }];
            throw new ProblemError('request.invalid', { errors });
          }
          const { items, isLast } = await erasures.page({ limit, after });
          attempt.notes({ found: items.length });
          await auditTrail.record([attempt.succeeded()]);
          const last = items.at(-1);
          return {
            items: items.map(summaryOf),
            nextCursor: isLast || !last ? null : encodeErasureCursor([last.requestedAt.toISOString(), last.id]),
          };
        },
      ),
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function statusOf({
  id,
  state,
  requestedAt,
  deadlineAt,
  completedAt,
  certificateId,
  receipts,
}: Erasure): ErasureStatus {
  return {
    id,
    state,
    requestedAt: requestedAt.toISOString(),
    deadlineAt: iso(deadlineAt),
    completedAt: iso(completedAt),
    services: erasingServices.map((service) => {
      const receipt = receipts.find((given) => given.service === service);
      return receipt
        ? { service, erasedAt: receipt.erasedAt.toISOString(), rows: receipt.rows, receiptId: receipt.eventId }
        : { service, erasedAt: null, rows: null, receiptId: null };
    }),
    certificateId,
  };
}

function summaryOf({
  id,
  personId,
  state,
  requestedBy,
  requestedAt,
  deadlineAt,
  overdueAt,
  completedAt,
  receipts,
}: Erasure) {
  return {
    id,
    userId: personId,
    state,
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    deadlineAt: iso(deadlineAt),
    isOverdue: overdueAt !== null,
    completedAt: iso(completedAt),
    waitingFor: servicesWithoutReceipt(receipts),
  };
}
