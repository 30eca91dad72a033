/** Rules of kind `signal`: what is worth an alert and is no audit event. */
export type SignalRuleId =
  | 'log-verification-failed'
  | 'witness-refused'
  | 'witness-silent'
  | 'dead-letter'
  | 'service-silent'
  | 'unmasked-personal-data';

/** Something that an operator should know of, to be held against the rule of its name. */
export interface Signal {
  readonly ruleId: SignalRuleId;
  /** What signals of the rule are counted apart by: a service, a topic; null for none. Never personal data. */
  readonly group: string | null;
  /** The entry of the log that it is about, if any. */
  readonly entryIndex?: number;
}

/** Takes signals to the security monitoring. */
export interface SignalSink {
  /** Kept when the signal is durable. */
  raise(signal: Signal): Promise<void>;
}
