import { exportDeadlineMs, newId } from '@todo-chatbot/contracts';
import { type Clock, newEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { OwnExports } from '../ports/exportStore.ts';
import { audited } from './audited.ts';

export type RequestExport = ReturnType<typeof createRequestExport>;

/** Asks every service for what it holds of a person (PRIV-3). Each attempt is an audit event. */
export function createRequestExport(options: {
  readonly exports: Pick<OwnExports, 'request'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { exports, auditTrail, clock } = options;
  /** @throws ProblemError `export.under-way`, `export.limit` */
  return (userId: string): Promise<{ readonly exportId: string }> =>
    audited({ auditTrail, action: 'privacy.request-export', category: 'data-access', input: {} }, async (attempt) => {
      const exportId = newId('export');
      attempt.isAbout({ type: 'export', id: exportId });
      const now = clock.now();
      const deadlineAt = new Date(now.getTime() + exportDeadlineMs);
      const events = [exportRequested(exportId, userId), attempt.succeeded()];
      const outcome = await exports.request({ exportId, userId, now, deadlineAt, events });
      if (outcome === 'not-active') throw new ProblemError('auth.token-invalid');
      if (outcome === 'under-way') throw new ProblemError('export.under-way');
      if (outcome === 'limit-reached') throw new ProblemError('export.limit');
      return { exportId };
    });
}

/** Asks every service for its share. */
export function exportRequested(exportId: string, userId: string) {
  return newEvent({
    type: 'privacy.export_requested.v1',
    subject: exportId,
    source: 'auth',
    data: { exportId, userId },
  });
}
