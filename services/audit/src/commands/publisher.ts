import { type Clock, type Logger, metrics, type Repetition, repeat } from '@todo-chatbot/service-kit';
import type { CosignatureVerifier } from '@todo-chatbot/transparency-log';
import type { Anchored } from '../ports/anchors.ts';
import type { PublicationStore } from '../ports/publicationStore.ts';
import type { SignalRuleId, SignalSink } from '../ports/signals.ts';
import type { Witness } from '../ports/witness.ts';
import { publishNewestCheckpoint, type Round } from './publishCheckpoints.ts';

/** An act is published within about this time and that of a round. */
const pauseMs = 500;
/** A witness that refuses does not change its mind by itself; but once somebody has put things right it goes on soon. */
const refusedPauseMs = 10_000;
/** A witness that is away is asked ever more seldom, up to this. */
const longestPauseMs = 5_000;
/** A restart of the witness takes less. */
const silentAfterMs = 30_000;
/** What lasts is signalled again, so that a signal that was lost comes after all; the monitoring counts them as one. */
const signalAgainMs = 60_000;
/** Entries of one publication whose way is measured, however many it has. */
const maxMeasured = 500;

/** Publishes checkpoints for as long as the service runs. */
export interface Publisher {
  start(): void;
  /** One round by itself. @throws what the database throws. */
  round(): Promise<void>;
  /** Ends after the round under way. */
  close(): Promise<void>;
}

/** The publisher of a log. `onPublished` is told of each publication once it is stored, and must not wait. */
export function createPublisher(options: {
  readonly store: PublicationStore;
  readonly witness: Witness;
  readonly witnessKey: CosignatureVerifier;
  readonly onPublished: (publication: Anchored) => void;
  readonly signals: SignalSink;
  readonly clock: Clock;
  readonly logger: Logger;
}): Publisher {
  const { store, onPublished, signals, clock, logger } = options;
  const raisedAt = new Map<SignalRuleId, number>();
  let unpublished = 0;
  let failures = 0;
  let nextPauseMs = pauseMs;
  // Since when nothing comes from the witness that can be used, or nobody gets to ask it.
  let troubledSince: number | undefined;
  let repetition: Repetition | undefined;
  const endGauge = metrics.gauge('audit_unpublished_entries', () => unpublished);

  async function raise(ruleId: SignalRuleId): Promise<void> {
    const now = clock.now().getTime();
    if (now - (raisedAt.get(ruleId) ?? Number.NEGATIVE_INFINITY) < signalAgainMs) return;
    await signals.raise({ ruleId, group: null });
    raisedAt.set(ruleId, now);
  }

  async function onTrouble(): Promise<void> {
    const now = clock.now().getTime();
    troubledSince ??= now;
    failures += 1;
    nextPauseMs = Math.min(longestPauseMs, pauseMs * 2 ** Math.min(failures, 10));
    if (now - troubledSince > silentAfterMs) await raise('witness-silent');
  }

  function onHealth(): void {
    troubledSince = undefined;
    failures = 0;
    nextPauseMs = pauseMs;
    raisedAt.clear();
  }

  async function onFailed(round: Extract<Round, { outcome: 'failed' }>): Promise<void> {
    const { failure, cause } = round;
    metrics.counter('audit_witness_failures_total').add(1, { reason: failure });
    unpublished = round.unpublished;
    if (failure !== 'refused') {
      logger.warn({ err: cause, failure, unpublished }, 'the witness did not cosign');
      return await onTrouble();
    }
    logger.error({ err: cause, unpublished }, 'the witness refuses the log: nothing is published');
    nextPauseMs = refusedPauseMs;
    await raise('witness-refused');
  }

  async function onPublication(round: Extract<Round, { outcome: 'published' }>): Promise<void> {
    const { publication, publishedBefore } = round;
    unpublished = 0;
    onHealth();
    onPublished(publication);
    const added = { from: publishedBefore, to: publication.treeSize, limit: maxMeasured };
    const seconds = metrics.histogram('audit_published_seconds');
    for (const time of await store.timesOfSome(added)) {
      seconds.record(Math.max(0, publication.publishedAt.getTime() - time.getTime()) / 1000);
    }
  }

  async function round(): Promise<void> {
    const done = await publishNewestCheckpoint(options);
    switch (done.outcome) {
      case 'published':
        return await onPublication(done);
      case 'failed':
        return await onFailed(done);
      case 'another':
        // Another replica is done in milliseconds: whoever holds its lock for long keeps everything from being published.
        return await onTrouble();
      case 'nothing-new':
        unpublished = done.unpublished;
        return onHealth();
    }
  }

  return {
    round,
    start() {
      repetition ??= repeat({
        work: () =>
          round().catch(async (error: unknown) => {
            logger.error({ err: error }, 'the newest checkpoint could not be published');
            await onTrouble();
          }),
        pauseMs: () => nextPauseMs,
        onError: (error) => logger.error({ err: error }, 'a signal of the publisher could not be raised'),
      });
    },
    async close() {
      await repetition?.close();
      endGauge();
    },
  };
}
