import {
  type RetentionClass,
  type RetentionPeriod,
  retentionBounds,
  retentionClasses,
  retentionClassSchema,
  retentionCoverage,
} from '@todo-chatbot/contracts';
import type { RetentionStore, StoredPeriod } from '../ports/retentionStore.ts';

export type ReadRetention = ReturnType<typeof createReadRetention>;

/** The period of every class: as it comes, or as it was changed last. */
export function createReadRetention(store: Pick<RetentionStore, 'newest'>) {
  return async (): Promise<readonly RetentionPeriod[]> => {
    const changes = new Map<RetentionClass, StoredPeriod>((await store.newest()).map((one) => [one.class, one]));
    return retentionClassSchema.options.map((one) => periodOf(one, changes.get(one)));
  };
}

function periodOf(retentionClass: RetentionClass, change: StoredPeriod | undefined): RetentionPeriod {
  const defaultDays = retentionClasses[retentionClass];
  const bounds = retentionClass === 'administration' ? null : retentionBounds[retentionClass];
  return {
    class: retentionClass,
    days: change?.days ?? defaultDays,
    defaultDays,
    leastDays: bounds?.least ?? null,
    mostDays: bounds?.most ?? null,
    covers: [...retentionCoverage[retentionClass]],
    version: change?.version ?? 0,
    changedBy: change?.changedBy ?? null,
    changedAt: change?.changedAt.toISOString() ?? null,
  };
}
