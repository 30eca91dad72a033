import {
  type Clock,
  type Logger,
  metrics,
  newAuditEvent,
  type Repetition,
  repeat,
  serviceContext,
} from '@todo-chatbot/service-kit';
import type { ScoreStore } from '../ports/scoreStore.ts';
import type { Drift } from '../queries/readDrift.ts';

/** Looks for a drift now and then and reports it, once a day. */
export interface DriftWatch {
  start(): void;
  /** One look. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** A drift builds up over hours. */
const lookIntervalMs = 5 * 60_000;
const dayMs = 86_400_000;
/** Digits of the index after the point, in the audit log. */
const digits = 3;

/** The watch. A drift becomes an audit event, and by the rule `guardrail-drift` an alert (OBS-3). */
export function createDriftWatch(options: {
  readonly readDrift: () => Promise<Drift>;
  readonly scores: Pick<ScoreStore, 'reportDrift'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}): DriftWatch {
  const { readDrift, scores, clock, logger } = options;
  let latest: number | null = null;
  let looking: Repetition | undefined;
  let stopGauge: (() => void) | undefined;

  async function look(): Promise<void> {
    const { index, judged, limit } = await readDrift();
    latest = index;
    if (index === null || index <= limit) return;
    const nowMs = clock.now().getTime();
    await scores.reportDrift(
      new Date(nowMs - (nowMs % dayMs)),
      newAuditEvent({
        context: serviceContext('guardrail'),
        action: 'guardrail.drift',
        category: 'security',
        success: true,
        input: { index: Number(index.toFixed(digits)), judged, limit },
        retentionClass: 'security',
      }),
    );
  }

  return {
    look,
    start() {
      const onError = (error: unknown) => logger.warn({ err: error }, 'the drift of scores is not known');
      looking = repeat({ work: look, pauseMs: () => lookIntervalMs, onError, pausesFirst: true });
      // -1: too few texts.
      stopGauge = metrics.gauge('guardrail_drift_index', () => latest ?? -1);
    },
    async close() {
      stopGauge?.();
      await looking?.close();
    },
  };
}
