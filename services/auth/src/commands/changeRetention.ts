import {
  type ExpiringClass,
  type RetentionChange,
  type RetentionPeriod,
  retentionBounds,
} from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { RetentionStore } from '../ports/retentionStore.ts';
import type { ReadRetention } from '../queries/readRetention.ts';
import { audited } from './audited.ts';

export type ChangeRetention = ReturnType<typeof createChangeRetention>;

/**
 * Changes how long a class is kept, within its bounds; it takes effect at the next run of every service (PRIV-5).
 * @throws ProblemError `retention.out-of-bounds`, `retention.changed-meanwhile`
 */
export function createChangeRetention(options: {
  readonly store: Pick<RetentionStore, 'add'>;
  readonly readRetention: ReadRetention;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { store, readRetention, auditTrail, clock } = options;
  return (actor: SignedInUser, retentionClass: ExpiringClass, asked: RetentionChange): Promise<RetentionPeriod> =>
    audited(
      {
        auditTrail,
        action: 'retention.change',
        input: { class: retentionClass, 'after.days': asked.days },
        category: 'administration',
        retentionClass: 'administration',
      },
      async (attempt) => {
        attempt.isAbout({ type: 'retention-period', id: retentionClass });
        const before = (await readRetention()).find((period) => period.class === retentionClass);
        if (!before) throw new ProblemError('internal.error', { cause: new Error('a class has no period') });
        attempt.notes({ 'before.days': before.days });
        const { least, most } = retentionBounds[retentionClass];
        if (asked.days < least || asked.days > most) {
          throw new ProblemError('retention.out-of-bounds', { detail: `From ${least} to ${most} days.` });
        }
        if (asked.version !== before.version) throw new ProblemError('retention.changed-meanwhile');
        const change = {
          class: retentionClass,
          days: asked.days,
          version: asked.version + 1,
          changedBy: actor.userId,
          changedAt: clock.now(),
        };
        if (!(await store.add(change, [attempt.succeeded()]))) throw new ProblemError('retention.changed-meanwhile');
        return { ...before, ...change, changedAt: change.changedAt.toISOString() };
      },
    );
}
