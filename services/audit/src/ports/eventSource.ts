/** A message as the broker has it. */
interface ReceivedMessage {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** Messages of one partition in their order. */
export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly ReceivedMessage[];
  /** Messages of the partition that wait behind this batch. */
  readonly lagMessages: number;
}

/** How whoever handles a batch stays in touch with its source. */
export interface BatchControl {
  /** False once the batch is no longer ours to handle, because we shut down or another consumer has it. */
  isCurrent(): boolean;
  /** Keeps the partition ours during a long wait; to be called every few seconds. */
  keepAlive(): Promise<void>;
}

/** `done`: the effect of every message is durable, so the offset may be committed. `abandoned`: read the batch again. */
type BatchOutcome = 'done' | 'abandoned';
export type BatchHandler = (batch: MessageBatch, control: BatchControl) => Promise<BatchOutcome>;

/** Delivers every message of a topic at least once. */
export interface EventSource {
  /** Starts to deliver, and goes on through all troubles of the broker until closed. */
  start(handler: BatchHandler): void;
  close(): Promise<void>;
}

/** A message that cannot be handled, and why. */
export interface DeadLetter {
  readonly batch: Pick<MessageBatch, 'topic' | 'partition'>;
  readonly message: ReceivedMessage;
  readonly reason: string;
}

/** Where messages go that cannot be handled, to be looked at by a person. */
export interface DeadLetters {
  /** Kept when all of them are with the broker. */
  send(letters: readonly DeadLetter[]): Promise<void>;
}
