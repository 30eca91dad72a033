import type { CloudEvent, GuardrailDirection, GuardrailLayer, GuardrailVerdict } from '@todo-chatbot/contracts';

/** A judgement that warned, masked or blocked, without the text. */
export interface Decision {
  readonly id: string;
  readonly userId: string;
  readonly direction: GuardrailDirection;
  readonly verdict: Exclude<GuardrailVerdict, 'allow'>;
  readonly layer: GuardrailLayer;
  readonly reason: string;
  readonly score: number;
  readonly ruleVersion: string;
  readonly settingsVersion: number;
  /** Keyed hash of the text: equal for equal texts of one person, and for nobody else to guess at. */
  readonly textHash: Uint8Array<ArrayBuffer>;
  /** UTF-16 code units. */
  readonly textLength: number;
  readonly createdAt: Date;
}

/** A text to be kept for review. */
export interface TextToKeep {
  readonly sealedText: Uint8Array<ArrayBuffer>;
  /** Version of the access token that told of the person's consent: it counts unless they took it back since. */
  readonly accessVersion: number;
}

/** Where decisions are kept. */
export interface DecisionStore {
  /** Keeps the decision, its text if there is one and its person has not withdrawn meanwhile, and its events: all or nothing. */
  keep(decision: Decision, text: TextToKeep | null, events: readonly CloudEvent[]): Promise<void>;
  /**
   * Deletes the texts kept of a person, and lets no request with a token older than `minimumVersion` keep another one. `eventsFor` is told
   * how many went. A withdrawal that is known, or older than one that is, deletes nothing.
   */
  forgetTexts(
    withdrawal: { readonly userId: string; readonly minimumVersion: number; readonly at: Date },
    eventsFor: (count: number) => readonly CloudEvent[],
  ): Promise<void>;
}
