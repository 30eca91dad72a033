import { randomUUID } from 'node:crypto';
import type { PlatformState } from '@todo-chatbot/local-platform/testing';
import { Kafka, logLevel } from 'kafkajs';
import { waitFor } from './waitFor.ts';

/** Longest wait until everything that a topic holds has been read. */
const readDeadlineMs = 30_000;
/** How long the broker may hold back an answer when there is nothing new; the end of reading has to wait for it. */
const maxFetchWaitMs = 100;

/** One message as the broker keeps it. */
export interface Message {
  readonly partition: number;
  readonly offset: string;
  /** When the broker's client wrote it, milliseconds since 1970. */
  readonly writtenAt: number;
  readonly key: string | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A client with all rights, as the platform itself has. */
export function platformKafka({ kafka: { admin } }: PlatformState): Kafka {
  return new Kafka({
    clientId: 'tests',
    brokers: [admin.broker],
    ssl: { ca: [admin.ca], cert: admin.identity.certificate, key: admin.identity.privateKey },
    logLevel: logLevel.NOTHING,
  });
}

/** Where each partition of the topic ends: how many messages were ever written, as none is old enough to be deleted. */
export async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  } finally {
    await admin.disconnect();
  }
}

/** How many messages the topic holds. */
export async function countMessages(kafka: Kafka, topic: string): Promise<number> {
  return [...(await endsOf(kafka, topic)).values()].reduce((sum, end) => sum + end, 0);
}

/** Everything that the topic holds now, or that came after the given ends; of each partition in its order. */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  since: ReadonlyMap<number, number> = new Map(),
): Promise<Message[]> {
  const ends = await endsOf(kafka, topic);
  const isWanted = (partition: number, offset: number) =>
    offset >= (since.get(partition) ?? 0) && offset < (ends.get(partition) ?? 0);
  const total = [...ends].reduce((sum, [partition, end]) => sum + end - (since.get(partition) ?? 0), 0);
  if (total === 0) return [];
  const found: Message[] = [];
  const consumer = kafka.consumer({ groupId: `tests-${randomUUID()}`, maxWaitTimeInMs: maxFetchWaitMs });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message: { offset, timestamp, key, value, headers } }) => {
        if (!isWanted(partition, Number(offset))) return;
        found.push({
          partition,
          offset,
          writtenAt: Number(timestamp),
          key: key?.toString(),
          text: value?.toString() ?? '',
          headers: headers ?? {},
        });
      },
    });
    await waitFor(`${total} messages of ${topic}`, async () => (found.length >= total ? true : undefined), {
      deadlineMs: readDeadlineMs,
    });
  } finally {
    await consumer.disconnect();
  }
  return found;
}

/** Writes the texts to one partition in this order, under one key. */
export async function writeTexts(
  kafka: Kafka,
  to: { readonly topic: string; readonly partition: number; readonly key: string },
  texts: readonly (string | null)[],
): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    const { topic, partition, key } = to;
    await producer.send({ topic, acks: -1, messages: texts.map((value) => ({ partition, key, value })) });
  } finally {
    await producer.disconnect();
  }
}
