import { type AppId, deadLetterTopic, isAppId, topics } from '@todo-chatbot/contracts';
import type { Admin, Consumer, EachBatchPayload, KafkaMessage, Producer } from 'kafkajs';
import { adminKafka, type KafkaAdminConnection } from './administration.ts';

/** One run moves at most this many, so that it ends; run it again for more. */
const mostMessages = 10_000;
/** No progress for this long means that the broker is in trouble. */
const stallMs = 60_000;

interface Backlog {
  readonly partition: number;
  /** The first offset that was not moved yet, and the end as it was when the run began. */
  readonly from: bigint;
  readonly end: bigint;
}

/**
 * Moves the dead letters of a consumer back to their topic, with key, headers and content as they are. An offset is committed once
 * the broker has acknowledged the copy: a run that is cut short repeats messages and loses none, and the inbox drops repeats.
 */
export async function replayDeadLetters(
  connection: KafkaAdminConnection,
  topic: string,
  consumer: string,
): Promise<{ moved: number; left: number }> {
  const source = deadLetterTopic(topic, knownConsumer(topic, consumer));
  const groupId = `${source}.replay`;
  const kafka = adminKafka(connection);
  const [admin, producer, reader] = [kafka.admin(), kafka.producer({ idempotent: true }), kafka.consumer({ groupId })];
  await admin.connect();
  try {
    const backlog = await backlogOf(admin, source, groupId);
    const total = backlog.reduce((sum, { from, end }) => sum + Number(end - from), 0);
    if (total === 0) return { moved: 0, left: 0 };
    await Promise.all([producer.connect(), reader.connect()]);
    const moved = await moveAll({ reader, producer, source, topic, backlog, most: Math.min(total, mostMessages) });
    return { moved, left: total - moved };
  } finally {
    await Promise.allSettled([reader.disconnect(), producer.disconnect(), admin.disconnect()]);
  }
}

function knownConsumer(topic: string, consumer: string): AppId {
  const found = topics.find(({ name }) => name === topic);
  if (!found) throw new Error(`There is no topic ${topic}. There are: ${topics.map(({ name }) => name).join(', ')}.`);
  if (found.consumers.length === 0) throw new Error(`There are no dead letters of ${topic}.`);
  if (isAppId(consumer) && found.consumers.includes(consumer)) return consumer;
  throw new Error(`${consumer} does not read ${topic}. Its consumers are: ${found.consumers.join(', ')}.`);
}

async function backlogOf(admin: Admin, source: string, groupId: string): Promise<Backlog[]> {
  const ends = await admin.fetchTopicOffsets(source);
  const [committed] = await admin.fetchOffsets({ groupId, topics: [source] });
  return ends.flatMap(({ partition, low, high }) => {
    const offset = committed?.partitions.find((known) => known.partition === partition)?.offset ?? '-1';
    const from = BigInt(offset) < BigInt(low) ? BigInt(low) : BigInt(offset);
    const end = BigInt(high);
    return from < end ? [{ partition, from, end }] : [];
  });
}

async function moveAll(options: {
  reader: Consumer;
  producer: Producer;
  source: string;
  topic: string;
  backlog: readonly Backlog[];
  most: number;
}): Promise<number> {
  const { reader, producer, source, topic, backlog, most } = options;
  const done = Promise.withResolvers<void>();
  const stalled = () => done.reject(new Error(`Kafka handed out nothing of ${source} for ${stallMs / 1000} s.`));
  let stallTimer = setTimeout(stalled, stallMs);
  let moved = 0;
  await reader.subscribe({ topic: source, fromBeginning: true });
  await reader.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, heartbeat }: EachBatchPayload) => {
      const end = backlog.find(({ partition }) => partition === batch.partition)?.end ?? 0n;
      for (const message of batch.messages) {
        // What arrived since the run began may be the very messages that were just moved, and failed again.
        if (moved >= most || BigInt(message.offset) >= end) break;
        // Both topics have the same partitions, and writers differ in which one they choose for a key: it must keep its own.
        await producer.send({ topic, acks: -1, messages: [{ ...copyOf(message), partition: batch.partition }] });
        moved += 1;
        await reader.commitOffsets([
          { topic: source, partition: batch.partition, offset: String(BigInt(message.offset) + 1n) },
        ]);
        await heartbeat();
        clearTimeout(stallTimer);
        stallTimer = setTimeout(stalled, stallMs);
      }
      if (moved >= most) done.resolve();
    },
  });
  try {
    await done.promise;
    return moved;
  } finally {
    clearTimeout(stallTimer);
  }
}

function copyOf({ key, value, headers }: KafkaMessage) {
  return { key, value, ...(headers ? { headers } : {}) };
}
