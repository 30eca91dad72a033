import type { AlertRule } from '@todo-chatbot/contracts';
import type { GroupState, MonitoredEvent } from '../domain/evaluateRule.ts';

/** One group of one rule. */
export interface RuleGroup {
  readonly ruleId: string;
  readonly group: string;
}

/** What a rule knows of a group, and the open alert's id if there is one. */
export interface StoredState extends RuleGroup {
  readonly state: GroupState;
  readonly alertId: string | null;
}

/** An alert that is told to the outside. */
export interface ToldAlert extends RuleGroup {
  readonly id: string;
  readonly title: string;
  readonly severity: AlertRule['severity'];
}

/** What a piece of monitoring comes to. */
export interface MonitorOutcome {
  /** States that changed. */
  readonly states: readonly StoredState[];
  /** Alerts that begin with one of these states; their events go to the outbox. */
  readonly raised: readonly ToldAlert[];
  /** Open alerts that are told once more, because it began anew after all was quiet. */
  readonly retold: readonly ToldAlert[];
}

/** Entries as the monitor reads them, from an index on. */
export interface MonitoredPage {
  /** Without those whose body was removed or cannot be read. */
  readonly events: readonly MonitoredEvent[];
  /** Index of the first entry behind the page. */
  readonly next: number;
}

/** The monitor's tables within one transaction, while nobody else writes them. */
export interface MonitorTransaction {
  rules(): Promise<readonly AlertRule[]>;
  /** Index of the entry that comes next. */
  position(): Promise<number>;
  /** States of groups, in the same order; an open alert cannot be acknowledged until the transaction ends. */
  statesOf(groups: readonly RuleGroup[]): Promise<readonly StoredState[]>;
  save(outcome: MonitorOutcome): Promise<void>;
  moveTo(position: number): Promise<void>;
  /** Forgets what cannot lead to an alert any more. */
  forget(rules: readonly AlertRule[]): Promise<void>;
}

/** How things stand. */
export interface MonitorFigures {
  /** Alerts that nobody acknowledged. */
  readonly openAlerts: number;
  /** Entries of the log that the monitor has not seen. */
  readonly lagEntries: number;
}

/** Where the monitor keeps what it knows. */
export interface MonitorStore {
  /** Index of the entry that comes next, as of now. */
  position(): Promise<number>;
  /** Entries never change, so that they may be read before their turn. */
  eventsFrom(index: number, limit: number): Promise<MonitoredPage>;
  /** Runs the work in one transaction once nobody else is inside of one. */
  inTurn<T>(work: (transaction: MonitorTransaction) => Promise<T>): Promise<T>;
  /** The same, but undefined, at once, when somebody else is. */
  ifFree<T>(work: (transaction: MonitorTransaction) => Promise<T>): Promise<T | undefined>;
  figures(): Promise<MonitorFigures>;
}
