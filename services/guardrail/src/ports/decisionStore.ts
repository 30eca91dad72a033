import type { CloudEvent, GuardrailDirection, GuardrailLayer } from '@todo-chatbot/contracts';

/** A judgement that blocked a text, without the text. */
export interface Decision {
  readonly id: string;
  readonly userId: string;
  readonly direction: GuardrailDirection;
  readonly layer: GuardrailLayer;
  readonly reason: string;
  readonly score: number;
  readonly ruleVersion: string;
  /** Keyed hash of the text: equal for equal texts of one person, and for nobody else to guess at. */
  readonly textHash: Uint8Array<ArrayBuffer>;
  /** UTF-16 code units. */
  readonly textLength: number;
  readonly createdAt: Date;
}

/** Where decisions are kept. */
export interface DecisionStore {
  /** Keeps the decision and its events, both or neither. */
  keep(decision: Decision, events: readonly CloudEvent[]): Promise<void>;
}
