import { newAuditEvent } from '@todo-chatbot/service-kit';
import type { AttemptPool } from '../domain/lockout.ts';
import type { AttemptCounters } from '../ports/attemptCounters.ts';
import type { Attempt } from './audited.ts';

export type CountAttempt = ReturnType<typeof createCountAttempt>;

/** An attempt that was counted in a pool, or found it locked. Exactly one of its functions is to be called when it is over. */
export interface CountedAttempt {
  /** Null: it may be checked. Otherwise it must not be, and the lock lasts for so many seconds. */
  readonly lockedForSeconds: number | null;
  succeeded(): Promise<void>;
  /** Raises the alarm when it was the failure that locked the pool: once per lock, not per attempt. The log is told of a lock. */
  failed(attempt: Attempt): void;
  /** For an attempt that was never checked, such as one that found the service busy: it locks nobody out. */
  wasNotChecked(): Promise<void>;
}

/** Counts attempts in the pools of lock-out (AUTH-7). */
export function createCountAttempt(attempts: Pick<AttemptCounters, 'take' | 'clear' | 'giveBack'>) {
  return async (pool: AttemptPool, key: string): Promise<CountedAttempt> => {
    const taken = await attempts.take(pool, key);
    const isAllowed = taken.kind === 'allowed';
    return {
      lockedForSeconds: isAllowed ? null : taken.retryAfterSeconds,
      // A success says nothing of the others in a network, and one's own account must not clear the count of an attack from it.
      succeeded: () => (pool === 'password-address' ? attempts.giveBack(pool, key) : attempts.clear(pool, key)),
      failed(attempt) {
        if (!isAllowed) attempt.failsFor('locked');
        else if (taken.locksOnFailure) attempt.raises((object) => poolLocked(pool, object));
      },
      async wasNotChecked() {
        if (isAllowed) await attempts.giveBack(pool, key);
      },
    };
  };
}

function poolLocked(pool: AttemptPool, object: Parameters<typeof newAuditEvent>[0]['object']) {
  return newAuditEvent({
    action: 'auth.lock-out',
    category: 'security',
    success: true,
    object,
    input: { pool },
    reason: 'too-many-failures',
    retentionClass: 'security',
  });
}
