import type { CloudEvent, GuardrailDirection, GuardrailVerdict } from '@todo-chatbot/contracts';

/** How many texts of an hour had this score and verdict. */
export interface ScoreCount {
  /** Beginning of the hour. */
  readonly hour: Date;
  readonly direction: GuardrailDirection;
  /** The score in hundredths, rounded down. */
  readonly hundredths: number;
  readonly verdict: GuardrailVerdict;
  readonly count: number;
}

/** How often a model on trial judged, and how often otherwise than the one in force. */
export interface ShadowCount {
  readonly judged: number;
  readonly disagreed: number;
}

/** Counts of scores, of all replicas together. They are about nobody. */
export interface ScoreStore {
  /** Adds to what is there, all or nothing. */
  add(counts: readonly ScoreCount[], shadow: (ShadowCount & { readonly modelVersion: string }) | null): Promise<void>;
  /** Counts of one direction since the given time, without hours. */
  since(time: Date, direction: GuardrailDirection): Promise<readonly Omit<ScoreCount, 'hour' | 'direction'>[]>;
  /** Zeros for a model that has not judged yet. */
  shadow(modelVersion: string): Promise<ShadowCount>;
  /** Forgets what is older. */
  forget(before: Date): Promise<void>;
  /** Records a drift with its event, once a day (UTC) among all replicas; false: it is recorded already. */
  reportDrift(day: Date, event: CloudEvent): Promise<boolean>;
}
