import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, metrics } from '@todo-chatbot/service-kit';
import type { Anchor, Anchored } from '../ports/anchors.ts';

/** After a failure; meanwhile newer checkpoints take the place of the one that failed. */
const retryMs = 5_000;
/** What a shutdown waits for the last checkpoint. */
const closeMs = 3_000;

/** Takes published checkpoints to an anchor, behind the publisher's back. */
export interface Anchoring {
  /** Takes a checkpoint; only the newest of those that wait is anchored, which vouches for the others. */
  offer(checkpoint: Anchored): void;
  /** Anchors what waits, if that is possible in a few seconds. */
  close(): Promise<void>;
}

/** One write at a time, and at most one in `intervalMs`. The newest checkpoint gets there in the end, whatever fails meanwhile. */
export function createAnchoring(options: {
  readonly anchor: Anchor;
  readonly intervalMs: number;
  readonly logger: Logger;
}): Anchoring {
  const { anchor, intervalMs, logger } = options;
  const closing = new AbortController();
  let waiting: Anchored | undefined;
  let running: Promise<void> | undefined;
  let anchoredSize: number | undefined;

  async function write(checkpoint: Anchored): Promise<boolean> {
    try {
      await anchor.write(checkpoint);
      anchoredSize = checkpoint.treeSize;
      return true;
    } catch (error) {
      metrics.counter('audit_anchor_failures_total').add(1, { anchor: anchor.name });
      logger.warn({ err: error, anchor: anchor.name }, 'a published checkpoint could not be anchored');
      waiting ??= checkpoint;
      return false;
    }
  }

  async function run(): Promise<void> {
    for (let next = waiting; next; next = waiting) {
      waiting = undefined;
      const isLastTry = closing.signal.aborted;
      const isWritten = await write(next);
      if (isLastTry && !isWritten) return;
      const pauseMs = isWritten ? intervalMs : Math.max(intervalMs, retryMs);
      await sleep(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
    running = undefined;
  }

  return {
    offer(checkpoint) {
      // A log that was cosigned again without having grown is no news.
      if (closing.signal.aborted || checkpoint.treeSize === anchoredSize) return;
      waiting = checkpoint;
      running ??= run();
    },
    async close() {
      closing.abort();
      await Promise.race([running, sleep(closeMs, undefined, { ref: false })]);
      await anchor.close();
    },
  };
}
