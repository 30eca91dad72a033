import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@todo-chatbot/service-kit';
import { type Consumer, type EachBatchPayload, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import type { BatchHandler, DeadLetter, DeadLetters, EventSource } from '../ports/eventSource.ts';

/** How long the broker waits for a sign of life; after a crash our own next consumer has to wait for it too. */
const sessionTimeoutMs = 10_000;
const heartbeatIntervalMs = 2_000;
/** How long the broker may hold a fetch open when there is nothing new. */
const maxFetchWaitMs = 1_000;
/** Bytes of one partition in one fetch: about 2,000 events. */
const maxBytesPerPartition = 1024 * 1024;
/** Partitions handled at once: while the batch of one waits for the database, that of another is read; two of the third size fill a transaction. */
const concurrentPartitions = 4;
const connectionTimeoutMs = 5_000;
const requestTimeoutMs = 30_000;
/** A consumer that neither fetched nor beat for this long hangs, as kafkajs sometimes does after a broker's restart (tulios/kafkajs#267). */
const stallMs = 60_000;
const stallCheckIntervalMs = 5_000;
const firstRestartDelayMs = 200;
const maxRestartDelayMs = 15_000;
/** A consumer that ran for this long was healthy; the next trouble is a new one. */
const healthyAfterMs = 60_000;
/** A hanging consumer must not keep us from starting another one. */
const disconnectTimeoutMs = 5_000;
/** Kafka's default limit is 1 MB for a message with its headers; a message at the limit must still fit with ours added. */
const maxDeadLetterBytes = 900_000;

/** How to reach the broker; always over verified TLS with SCRAM-SHA-512 (KAFKA-1). */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  /** PEM of the authority that the broker's certificate must come from. */
  readonly ca: string;
  readonly username: string;
  readonly password: string;
}

/** A client with our limits; kafkajs's own log lines go to our logger. */
export function createKafka(connection: KafkaConnection, logger: Logger): Kafka {
  const { brokers, ca, username, password } = connection;
  return new Kafka({
    clientId: username,
    brokers: [...brokers],
    ssl: { ca: [ca] },
    sasl: { mechanism: 'scram-sha-512', username, password },
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ namespace, level, log }) => {
        const facts = { client: 'kafkajs', namespace, problem: log.message, cause: log.error };
        if (level === logLevel.ERROR) logger.warn(facts, 'the Kafka client reports an error');
        else logger.debug(facts, 'the Kafka client reports');
      },
  });
}

/**
 * Reads topics in batches as a member of a group, from their beginning, and commits an offset only after the handler said that
 * the batch is done. Each trouble ends the consumer and starts a new one with back-off: kafkajs recovers from some by itself
 * and silently stops on others, a fresh consumer recovers from all.
 */
export function createKafkaEventSource(options: {
  readonly kafka: Kafka;
  readonly topics: readonly string[];
  readonly groupId: string;
  readonly logger: Logger;
}): EventSource {
  const { kafka, topics, groupId, logger } = options;
  const closing = new AbortController();
  let running: Promise<void> | undefined;

  async function consumeUntilTrouble(handler: BatchHandler): Promise<void> {
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: maxFetchWaitMs,
      maxBytesPerPartition,
      allowAutoTopicCreation: false,
      retry: { retries: 2, restartOnFailure: async () => false },
    });
    const watched = watch(consumer, closing.signal);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: concurrentPartitions,
        eachBatch: (payload) => handleBatch(consumer, payload, handler),
      });
      await watched.trouble;
    } finally {
      watched.end();
      await Promise.race([consumer.disconnect(), sleep(disconnectTimeoutMs, undefined, { ref: false })]);
    }
  }

  async function handleBatch(consumer: Consumer, payload: EachBatchPayload, handler: BatchHandler): Promise<void> {
    const { batch, heartbeat, isRunning, isStale, resolveOffset } = payload;
    const outcome = await handler(
      {
        topic: batch.topic,
        partition: batch.partition,
        messages: batch.messages.map(({ offset, key, value }) => ({ offset, key, value })),
        lagMessages: Number(batch.offsetLag()),
      },
      { isCurrent: () => isRunning() && !isStale() && !closing.signal.aborted, keepAlive: heartbeat },
    );
    if (outcome === 'abandoned') return;
    const offset = String(BigInt(batch.lastOffset()) + 1n);
    await consumer.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset }]);
    resolveOffset(batch.lastOffset());
  }

  async function consumeForEver(handler: BatchHandler): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      const startedAt = Date.now();
      try {
        await consumeUntilTrouble(handler);
      } catch (error) {
        logger.error({ err: error, attempt }, 'the Kafka consumer failed and is started anew');
      }
      if (Date.now() - startedAt > healthyAfterMs) attempt = 0;
      const delayMs = Math.min(maxRestartDelayMs, firstRestartDelayMs * 2 ** Math.min(attempt, 10));
      await sleep(delayMs * (0.5 + Math.random() / 2), undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    start(handler) {
      running ??= consumeForEver(handler);
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** `trouble` settles when the consumer must go: it rejects on a crash or a stall, and resolves when we close. */
function watch(consumer: Consumer, closing: AbortSignal): { readonly trouble: Promise<void>; end(): void } {
  const { promise: trouble, resolve, reject } = Promise.withResolvers<void>();
  let lastSignOfLife = Date.now();
  const alive = () => {
    lastSignOfLife = Date.now();
  };
  consumer.on(consumer.events.FETCH, alive);
  consumer.on(consumer.events.HEARTBEAT, alive);
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  const stallCheck = setInterval(() => {
    if (Date.now() - lastSignOfLife > stallMs) reject(new Error('the consumer shows no sign of life'));
  }, stallCheckIntervalMs);
  const close = () => resolve();
  closing.addEventListener('abort', close, { once: true });
  if (closing.aborted) resolve();
  // Starting the consumer may fail before anybody waits for this.
  trouble.catch(() => undefined);
  return {
    trouble,
    end() {
      clearInterval(stallCheck);
      closing.removeEventListener('abort', close);
    },
  };
}

/** Sends messages that cannot be handled to the dead-letter topic of theirs, as they came, with the reason in their headers. */
export function createKafkaDeadLetters(options: {
  readonly kafka: Kafka;
  /** Where the dead letters of a topic go. */
  readonly topicOf: (topic: string) => string;
}): DeadLetters & { close(): Promise<void> } {
  const { kafka, topicOf } = options;
  let connected: Promise<Producer> | undefined;

  async function connect(): Promise<Producer> {
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
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
    async send(letters) {
      try {
        connected ??= connect();
        const producer = await connected;
        // One by one: together they might be larger than the broker takes.
        for (const letter of letters) {
          await producer.send({
            topic: topicOf(letter.batch.topic),
            acks: -1,
            messages: [messageOfDeadLetter(letter)],
          });
        }
      } catch (error) {
        await close();
        throw error;
      }
    },
    close,
  };
}

/** A dead letter as a message to Kafka. Key and value together are cut to what fits: a letter that nobody takes would be sent for ever. */
export function messageOfDeadLetter({ batch, message, reason }: DeadLetter) {
  const { value, offset } = message;
  const key = message.key !== null && message.key.length > maxDeadLetterBytes ? null : message.key;
  const room = maxDeadLetterBytes - (key?.length ?? 0);
  const isCut = value !== null && value.length > room;
  return {
    // A replay brings it back to where it came from.
    partition: batch.partition,
    key,
    value: isCut ? value.subarray(0, room) : value,
    headers: {
      'dead-letter-reason': reason,
      'dead-letter-topic': batch.topic,
      'dead-letter-partition': String(batch.partition),
      'dead-letter-offset': offset,
      ...(isCut ? { 'dead-letter-cut-from-bytes': String(value.length) } : {}),
    },
  };
}
