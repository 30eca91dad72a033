import { setTimeout as sleep } from 'node:timers/promises';
import { type AppId, auditedApps, auditTopicOf, isAppId } from '@todo-chatbot/contracts';
import { type Clock, type Logger, metrics } from '@todo-chatbot/service-kit';
import { type LogWriter, maxEntriesPerTransaction } from '../commands/logWriter.ts';
import { EntryError, type ReceivedEvent, readEvent } from '../domain/entry.ts';
import { readHeartbeat } from '../domain/heartbeat.ts';
import type { BatchControl, BatchHandler, DeadLetter, DeadLetters, MessageBatch } from '../ports/eventSource.ts';

/** First wait after a failure; doubled each time, with jitter. */
const firstBackoffMs = 100;
/** Longest wait after a failure: a database that is back is noticed within this time. */
const maxBackoffMs = 10_000;
/** The broker takes a consumer for dead after 10 s of silence. */
const keepAliveIntervalMs = 2_000;
/** A partition of our topic is cut into slices, so that none keeps the others from the writer for long. */
const entriesPerSlice = maxEntriesPerTransaction / 2;

interface ReadMessage {
  readonly event: ReceivedEvent;
  readonly message: MessageBatch['messages'][number];
}

/** Told of each event that is durable in the log, for tracing. */
export type OnAppended = (
  events: readonly { readonly eventId: string; readonly traceparent: string | undefined }[],
  since: Date,
) => void;

/**
 * The handler of the topics of audit events. A batch is done when each of its messages is durably in the log or in the dead-letter
 * topic; until then it tries for ever, and counts and logs that it has to. Nothing is lost and nothing is dropped.
 */
export function createAuditIngestion(options: {
  readonly writer: LogWriter;
  readonly deadLetters: DeadLetters;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly onAppended?: OnAppended;
  /** Told of a service whenever something of it came through, heartbeats included. */
  readonly onHeard?: (service: AppId) => void;
}): {
  readonly handle: BatchHandler;
  /** True while events wait because they cannot be made durable. */
  isBlocked(): boolean;
  close(): void;
} {
  const { writer, deadLetters, logger, clock, onAppended, onHeard } = options;
  // By topic and partition.
  const lag = new Map<string, number>();
  const failingSince = new Map<string, number>();
  const stopLagGauge = metrics.gauge('audit_ingestion_lag_messages', () => sumOf(lag.values()));
  const stopBlockedGauge = metrics.gauge('audit_ingestion_blocked_seconds', () => {
    const oldest = Math.min(...failingSince.values());
    return Number.isFinite(oldest) ? (clock.now().getTime() - oldest) / 1000 : 0;
  });

  /** Tries for ever; undefined when the batch stopped being ours on the way. */
  async function untilDone<T>(
    work: () => Promise<T>,
    batch: MessageBatch,
    control: BatchControl,
  ): Promise<T | undefined> {
    try {
      for (let attempt = 0; control.isCurrent(); attempt += 1) {
        try {
          return await keepingAlive(control, work);
        } catch (error) {
          if (!failingSince.has(keyOf(batch))) failingSince.set(keyOf(batch), clock.now().getTime());
          metrics.counter('audit_ingestion_failures_total').add(1);
          logger.error({ err: error, attempt, ...placeOf(batch) }, 'audit events wait: they could not be made durable');
          await pause(backoffMs(attempt), control);
        }
      }
      return undefined;
    } finally {
      // However it ends: a partition that went to another replica is not ours to wait for, and must not blind the watch over silence.
      failingSince.delete(keyOf(batch));
    }
  }

  /** Appends a slice; gives the letters for what the log refused, or undefined when abandoned. */
  async function append(slice: readonly ReadMessage[], batch: MessageBatch, control: BatchControl) {
    const since = clock.now();
    const entries = slice.map(({ event }) => event.entry);
    const outcomes = await untilDone(() => writer.append(entries), batch, control);
    if (!outcomes) return undefined;
    const appended = slice.filter((_, place) => outcomes[place] === 'appended').map(({ event }) => event);
    recordWay(appended, clock.now());
    metrics.counter('audit_events_appended_total').add(appended.length);
    metrics.counter('audit_events_repeated_total').add(outcomes.filter((outcome) => outcome === 'repeated').length);
    onAppended?.(
      appended.map(({ entry, traceparent }) => ({ eventId: entry.eventId, traceparent })),
      since,
    );
    return slice
      .filter((_, place) => outcomes[place] === 'conflicting')
      .map(({ message }): DeadLetter => ({ batch, message, reason: 'event-id-taken' }));
  }

  async function bury(letters: readonly DeadLetter[], batch: MessageBatch, control: BatchControl): Promise<boolean> {
    if (letters.length === 0) return true;
    const isSent = await untilDone(
      async () => {
        await deadLetters.send(letters);
        return true;
      },
      batch,
      control,
    );
    if (!isSent) return false;
    for (const { reason, message } of letters) {
      // Without the fields, whose names the producer chooses.
      metrics.counter('audit_dead_letters_total').add(1, { reason: reason.split(':', 1)[0] ?? reason });
      logger.error({ reason, offset: message.offset, ...placeOf(batch) }, 'a message went to the dead-letter topic');
    }
    return true;
  }

  return {
    async handle(batch, control) {
      lag.set(keyOf(batch), batch.lagMessages);
      const { read, letters, heartbeats } = readAll(batch);
      for (let from = 0; from < read.length; from += entriesPerSlice) {
        const refused = await append(read.slice(from, from + entriesPerSlice), batch, control);
        if (!refused) return 'abandoned';
        letters.push(...refused);
        await control.keepAlive();
      }
      const producer = auditedApps.find((appId) => auditTopicOf(appId) === batch.topic);
      if (producer && read.length + heartbeats > 0) onHeard?.(producer);
      return (await bury(letters, batch, control)) ? 'done' : 'abandoned';
    },
    isBlocked: () => failingSince.size > 0,
    close() {
      stopLagGauge();
      stopBlockedGauge();
    },
  };
}

interface ReadBatch {
  readonly read: readonly ReadMessage[];
  readonly letters: DeadLetter[];
  /** How many there were; they are no entries of the log. */
  readonly heartbeats: number;
}

function readAll(batch: MessageBatch): ReadBatch {
  const read: ReadMessage[] = [];
  const letters: DeadLetter[] = [];
  let heartbeats = 0;
  for (const message of batch.messages) {
    const value = message.value ?? Buffer.alloc(0);
    try {
      const received = readHeartbeat(value) ?? readEvent(value);
      const service = 'entry' in received ? received.entry.columns.service : received.service;
      if (!isOf({ source: received.source, service }, batch.topic)) {
        letters.push({ batch, message, reason: 'not-of-its-producer' });
      } else if ('entry' in received) read.push({ event: received, message });
      else heartbeats += 1;
    } catch (error) {
      if (!(error instanceof EntryError)) throw error;
      const where = error.where === '' ? '' : `: ${error.where}`;
      letters.push({ batch, message, reason: `${error.fault}${where}` });
    }
  }
  return { read, letters, heartbeats };
}

/** Who may write a topic may not speak for others: of a service that was taken over, only its own acts are in doubt. */
function isOf({ source, service }: { readonly source: string; readonly service: string }, topic: string): boolean {
  return isAppId(source) && auditTopicOf(source) === topic && service === source;
}

/**
 * Times from the act to its durable index and to its place in the tree. They are the same, because one transaction gives both, and they
 * are two metrics all the same, so that whoever compares logs finds the terms that others use.
 */
function recordWay(appended: readonly ReceivedEvent[], now: Date): void {
  const histograms = [metrics.histogram('audit_sequenced_seconds'), metrics.histogram('audit_integrated_seconds')];
  for (const { entry } of appended) {
    // A producer's clock may be ahead of ours, and a histogram takes nothing below zero.
    const seconds = Math.max(0, now.getTime() - Date.parse(entry.columns.time)) / 1000;
    for (const histogram of histograms) histogram.record(seconds);
  }
}

/** A slow database must not cost us the partition. A lost one shows in `isCurrent`, and at the next call that may fail. */
async function keepingAlive<T>(control: BatchControl, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void control.keepAlive().catch(() => undefined), keepAliveIntervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function pause(ms: number, control: BatchControl): Promise<void> {
  for (let left = ms; left > 0 && control.isCurrent(); left -= keepAliveIntervalMs) {
    await sleep(Math.min(left, keepAliveIntervalMs));
    await control.keepAlive();
  }
}

function backoffMs(attempt: number): number {
  const ceiling = Math.min(maxBackoffMs, firstBackoffMs * 2 ** Math.min(attempt, 10));
  return ceiling * (0.5 + Math.random() / 2);
}

function keyOf({ topic, partition }: MessageBatch): string {
  return `${topic} ${partition}`;
}

function placeOf({ topic, partition }: MessageBatch): { readonly topic: string; readonly partition: number } {
  return { topic, partition };
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
