import {
  type ExpiringClass,
  type RetentionPeriod,
  retentionBounds,
  retentionClasses,
  retentionClassSchema,
  retentionCoverage,
} from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';

/** Stands for the periods that `auth` keeps, in component tests of one service: as they come, until a test changes them. */
export function createTestRetention() {
  const changed = new Map<ExpiringClass, number>();
  let isDown = false;

  const periods = (): RetentionPeriod[] =>
    retentionClassSchema.options.map((one) => {
      const bounds = one === 'administration' ? null : retentionBounds[one];
      return {
        class: one,
        days: one === 'administration' ? null : (changed.get(one) ?? retentionClasses[one]),
        defaultDays: retentionClasses[one],
        leastDays: bounds?.least ?? null,
        mostDays: bounds?.most ?? null,
        covers: [...retentionCoverage[one]],
        version: 0,
        changedBy: null,
        changedAt: null,
      };
    });

  return {
    /** Changes a period, as an editor does. */
    change: (retentionClass: ExpiringClass, days: number): void => void changed.set(retentionClass, days),
    /** Whether `auth` answers. */
    down(now: boolean): void {
      isDown = now;
    },
    /** The answer of `GET /v1/retention-periods`; nothing for another path. */
    answers(asked: string): Readonly<Record<string, unknown>> {
      if (asked !== '/v1/retention-periods') return {};
      if (isDown) throw new ProblemError('upstream.unavailable');
      return { [asked]: { items: periods() } };
    },
  };
}
