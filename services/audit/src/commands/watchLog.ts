import { type Clock, type Logger, metrics } from '@todo-chatbot/service-kit';
import type { Checkpoint } from '@todo-chatbot/transparency-log';
import type { Verdict } from '../domain/verifyLog.ts';
import type { SignalSink } from '../ports/signals.ts';
import type { RunAlone, VerifiedTrees } from '../ports/watchStores.ts';

/**
 * Verifications in a row that could not be made before that is an alarm, too: a database that starts again costs one or two, and whoever
 * makes the log unreadable must not be better off than who changes it.
 */
const failuresBeforeAlarm = 3;

/** Verifies the log by itself, from time to time. */
export interface LogWatch {
  /**
   * One verification, false when another replica is at it; a throw says that it could not be made, which by itself says nothing about
   * the log.
   */
  round(): Promise<boolean>;
  close(): void;
}

/**
 * Verifies the whole log and that it continues what was sound before, and raises `log-verification-failed` under the kind of fault, or under
 * `not-verified` when it cannot be verified again and again, or none came to an end for long. What
 * was sound is remembered in the database and in the process, so that a database that was put back is found while the process lives.
 */
export function createLogWatch(options: {
  /** Verifies the log as it is now, as a continuation of the earlier trees. */
  readonly verify: (earlier: readonly Checkpoint[]) => Promise<Verdict>;
  readonly trees: VerifiedTrees;
  /** When others were at it for so long, that is an alarm, too: whoever changes the log can also hold the verifier's lock. */
  readonly overdueMs: number;
  readonly signals: SignalSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runAlone: RunAlone;
}): LogWatch {
  const { verify, trees, overdueMs, signals, clock, logger, runAlone } = options;
  let lastSound: Checkpoint | undefined;
  let last: Verdict | undefined;
  let durationSeconds = 0;
  let failures = 0;
  let verifiedAt = clock.now().getTime();
  const stopGauges = [
    // -1: not verified yet, or not any more.
    metrics.gauge('audit_log_sound', () => (last ? Number(last.ok) : -1)),
    metrics.gauge('audit_verification_seconds', () => durationSeconds),
    metrics.gauge('audit_verified_entries', () => lastSound?.treeSize ?? 0),
  ];

  async function verifyNow(): Promise<void> {
    const earlier = [await trees.newest(), lastSound].filter((tree) => tree !== undefined);
    const startedAt = performance.now();
    const verdict = await verify(earlier);
    durationSeconds = (performance.now() - startedAt) / 1000;
    last = verdict;
    verifiedAt = clock.now().getTime();
    if (!verdict.ok) {
      const { kind, index } = verdict.fault;
      logger.error({ fault: kind, index, durationSeconds }, 'the audit log is not sound');
      await signals.raise({ ruleId: 'log-verification-failed', group: kind, entryIndex: index });
      return;
    }
    lastSound = { treeSize: verdict.size, rootHash: verdict.rootHash };
    await trees.add({ ...lastSound, verifiedAt: clock.now() });
    logger.info({ size: verdict.size, durationSeconds }, 'the audit log is sound');
  }

  async function countFailure(): Promise<void> {
    failures += 1;
    if (failures >= failuresBeforeAlarm) await alarm();
  }

  async function alarm(): Promise<void> {
    last = undefined;
    await signals.raise({ ruleId: 'log-verification-failed', group: 'not-verified' });
  }

  return {
    async round() {
      try {
        const isDone = await runAlone(verifyNow);
        if (isDone) failures = 0;
        else if (clock.now().getTime() - verifiedAt > overdueMs) await alarm();
        return isDone;
      } catch (error) {
        await countFailure();
        throw error;
      }
    },
    close() {
      for (const stop of stopGauges) stop();
    },
  };
}
