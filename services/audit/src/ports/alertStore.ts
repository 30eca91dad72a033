import type { Alert, AlertResolution, AlertRule, AlertSeverity } from '@todo-chatbot/contracts';
import type { StoredRuleChange } from '../domain/alertRules.ts';
import type { MonitoredEvent } from '../domain/evaluateRule.ts';

/** Which alerts a page shows; newest first. */
export interface AlertFilter {
  readonly state: Alert['state'] | null;
  readonly severity: AlertSeverity | null;
  /** Only alerts raised before this one. */
  readonly before: string | null;
  readonly limit: number;
}

/** An acknowledgement. */
export interface Acknowledgement {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  readonly resolution: AlertResolution;
}

/** Alerts as people see them. */
export interface AlertStore {
  page(filter: AlertFilter): Promise<readonly Alert[]>;
  /** Durable only if `record` is kept, which is told of the alert. */
  acknowledge(
    acknowledgement: Acknowledgement,
    record: (alert: Alert) => Promise<void>,
  ): Promise<Alert | 'not-found' | 'already-acknowledged'>;
}

/** Rules as people change them. */
export interface AlertRuleStore {
  /** The rules in force. */
  list(): Promise<readonly AlertRule[]>;
  /** Adds a change, if the rule has none of that version yet; durable only if `record` is kept. */
  change(change: StoredRuleChange, record: () => Promise<void>): Promise<'changed' | 'changed-meanwhile'>;
}

/** Past entries of a time, in the order of the log. */
export interface PastPage {
  /** Without those that cannot be read. */
  readonly events: readonly MonitoredEvent[];
  /** How many entries were looked at. */
  readonly examined: number;
  /** Index from which the next page goes on; null on the last one. */
  readonly next: number | null;
}

/** Past entries, for trials. */
export interface PastEvents {
  /** A page from an index on; undefined when it could not be read within the time allowed. */
  page(options: {
    readonly from: Date;
    readonly to: Date;
    /** Only these actions; null for all. */
    readonly actions: readonly string[] | null;
    readonly index: number;
    readonly limit: number;
    readonly timeoutMs: number;
  }): Promise<PastPage | undefined>;
}
