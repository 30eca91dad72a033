import { metrics } from '@todo-chatbot/service-kit';
import type { SignalSink } from '../ports/signals.ts';
import type { DeadLetterPositions, DeadLetterRanges, PartitionRange, RunAlone } from '../ports/watchStores.ts';

/**
 * One look at the dead-letter topics: raises `dead-letter`, under the topic, for each that has grown since the last one. At the first
 * look whatever is there is growth. Throws, after the others, when a topic could not be looked at.
 */
export function createDeadLetterWatch(options: {
  readonly ranges: DeadLetterRanges;
  readonly positions: DeadLetterPositions;
  readonly signals: SignalSink;
  readonly runAlone: RunAlone;
}): () => Promise<void> {
  const { ranges, positions, signals, runAlone } = options;

  async function look(): Promise<void> {
    const { ranges: found, unread } = await ranges.read();
    const known = new Map((await positions.all()).map((position) => [keyOf(position), position.end]));
    const grownBy = new Map<string, number>();
    for (const range of found) {
      const growth = growthOf(range, known.get(keyOf(range)));
      if (growth > 0) grownBy.set(range.topic, (grownBy.get(range.topic) ?? 0) + growth);
    }
    for (const [topic, growth] of grownBy) {
      await signals.raise({ ruleId: 'dead-letter', group: topic });
      metrics.counter('audit_dead_letters_found_total').add(growth, { topic });
    }
    // Last: after a crash before it they are found again rather than never.
    await positions.save(found);
    // One topic that is gone, or closed to us, must not hide what comes to the others.
    if (unread.length > 0) throw new Error(`dead-letter topics could not be looked at: ${unread.join(' ')}`);
  }

  return async () => {
    await runAlone(look);
  };
}

function keyOf({ topic, partition }: Omit<PartitionRange, 'first' | 'end'>): string {
  return `${topic} ${partition}`;
}

/** A partition that ends earlier than we remember is a new one under the old name. */
function growthOf({ first, end }: PartitionRange, knownEnd = 0): number {
  return end - Math.max(first, end < knownEnd ? 0 : knownEnd);
}
