import type { Kafka } from 'kafkajs';
import type { DeadLetterRanges } from '../ports/watchStores.ts';

/** The next round comes soon; this one need not insist. */
const retry = { retries: 1 };

/** Asks the broker for the ends of topics, which takes the right to describe them. Connects anew each time: it is asked seldom. */
export function createKafkaDeadLetterRanges(options: {
  readonly kafka: Kafka;
  readonly topics: readonly string[];
}): DeadLetterRanges {
  const { kafka, topics } = options;
  return {
    async read() {
      const admin = kafka.admin({ retry });
      try {
        await admin.connect();
        const ranges = [];
        const unread = [];
        for (const topic of topics) {
          const partitions = await admin.fetchTopicOffsets(topic).catch(() => undefined);
          if (!partitions) unread.push(topic);
          for (const { partition, low, high } of partitions ?? []) {
            ranges.push({ topic, partition, first: Number(low), end: Number(high) });
          }
        }
        return { ranges, unread };
      } finally {
        await admin.disconnect();
      }
    },
  };
}
