import type { CloudEvent, ExpiringClass } from '@todo-chatbot/contracts';

/** A period as somebody set it. */
export interface StoredPeriod {
  readonly class: ExpiringClass;
  readonly version: number;
  readonly days: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Keeps how the periods of retention were changed. */
export interface RetentionStore {
  /** The newest change of each class that was changed. */
  newest(): Promise<readonly StoredPeriod[]>;
  /** Adds a change together with its events; false, and nothing is written, when there is one of that version already. */
  add(change: StoredPeriod, events: readonly CloudEvent[]): Promise<boolean>;
}
