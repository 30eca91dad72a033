import type { AppId } from '@todo-chatbot/contracts';
import type { Clock } from '@todo-chatbot/service-kit';
import { judgeSilence } from '../domain/silence.ts';
import type { SignalSink } from '../ports/signals.ts';
import type { HeartbeatStore, RunAlone } from '../ports/watchStores.ts';

/** Notices services that are not heard any more. */
export interface SilenceWatch {
  /** Something of the service came through. Cheap: it is written down with the next round. */
  hear(service: AppId): void;
  /** Writes down who was heard, and raises the silences that are new. */
  round(): Promise<void>;
}

/** Raises `service-silent` once for each silence, under the service or `all`, or under `ingestion` when we cannot listen for so long. */
export function createSilenceWatch(options: {
  readonly store: HeartbeatStore;
  readonly signals: SignalSink;
  readonly clock: Clock;
  readonly silenceMs: number;
  /** False while what comes cannot be taken in: then silence is our own. */
  readonly isListening: () => boolean;
  readonly runAlone: RunAlone;
}): SilenceWatch {
  const { store, signals, clock, silenceMs, isListening, runAlone } = options;
  let heard = new Map<AppId, Date>();
  let listeningSince = clock.now();
  let wayOpenSince = clock.now();
  let deafSince: Date | undefined;
  let isDeafnessRaised = false;

  /** What waits in vain is as good as silent, and no service is to be accused for it. */
  async function judgeOurselves(): Promise<void> {
    if (isListening()) {
      deafSince = undefined;
      isDeafnessRaised = false;
      return;
    }
    listeningSince = clock.now();
    deafSince ??= listeningSince;
    if (isDeafnessRaised || listeningSince.getTime() - deafSince.getTime() < silenceMs) return;
    await signals.raise({ ruleId: 'service-silent', group: 'ingestion' });
    isDeafnessRaised = true;
  }

  async function writeDown(): Promise<void> {
    const taken = heard;
    if (taken.size === 0) return;
    heard = new Map();
    try {
      await store.record(taken);
    } catch (error) {
      heard = new Map([...taken, ...heard]);
      throw error;
    }
  }

  async function judge(): Promise<void> {
    const now = clock.now();
    const heardServices = await store.all();
    const { silences, isWayOpen } = judgeSilence(heardServices, { now, listeningSince, wayOpenSince, silenceMs });
    if (!isWayOpen) wayOpenSince = now;
    for (const { group, services, reportedAs } of silences) {
      // In this order: after a crash in between it is raised again, which the monitoring counts under the same alert.
      await signals.raise({ ruleId: 'service-silent', group });
      await store.markReported(services, reportedAs);
    }
  }

  return {
    hear(service) {
      heard.set(service, clock.now());
    },
    async round() {
      await judgeOurselves();
      await writeDown();
      await runAlone(judge);
    },
  };
}
