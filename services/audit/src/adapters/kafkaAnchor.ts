import { setTimeout as sleep } from 'node:timers/promises';
import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import type { Anchor } from '../ports/anchors.ts';

/** What a shutdown waits for a connection that is not there yet, or does not end. */
const disconnectMs = 2_000;
/** Tries of one write; whoever asked for it tries again later with what is newer. */
const retries = 1;

/** An anchor in a topic: each published checkpoint a message with the log's origin as its key, once all replicas have it. */
export function createKafkaAnchor(options: {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly origin: string;
}): Anchor {
  const { kafka, topic, origin } = options;
  let connected: Promise<Producer> | undefined;

  async function connect(): Promise<Producer> {
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries },
    });
    await producer.connect();
    return producer;
  }

  /** A producer that failed is not used again. */
  async function close(): Promise<void> {
    const closing = connected;
    connected = undefined;
    const producer = await closing?.catch(() => undefined);
    await producer?.disconnect().catch(() => undefined);
  }

  return {
    name: 'kafka',
    async write({ note, publishedAt }) {
      try {
        connected ??= connect();
        const producer = await connected;
        const timestamp = String(publishedAt.getTime());
        await producer.send({ topic, acks: -1, messages: [{ key: origin, value: note, timestamp }] });
      } catch (error) {
        await close();
        throw error;
      }
    },
    close: () => Promise.race([close(), sleep(disconnectMs, undefined, { ref: false })]),
  };
}
