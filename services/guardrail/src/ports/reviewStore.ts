import type {
  CloudEvent,
  GuardrailDecision,
  GuardrailDirection,
  GuardrailFeedbackLabel,
  GuardrailVerdict,
} from '@todo-chatbot/contracts';

/** Which decisions a page holds; newest first, beginning after `before`. */
export interface DecisionFilter {
  readonly verdict: Exclude<GuardrailVerdict, 'allow'> | null;
  readonly layer: string | null;
  readonly isDisputed: boolean;
  readonly before: string | null;
  readonly limit: number;
}

/** A text as it is kept: whose it is, and sealed under their key. */
export interface KeptText {
  readonly decisionId: string;
  readonly userId: string;
  readonly direction: GuardrailDirection;
  readonly sealedText: Uint8Array;
}

/** What was decided on a message or a document, and why. */
export interface DecisionGround {
  readonly direction: 'input' | 'document';
  readonly verdict: 'warn' | 'block';
  readonly layer: string;
  readonly reason: string;
  /** In hundredths, rounded down. */
  readonly hundredths: number;
}

/** A kept text with what was decided on it. */
export interface KeptDecision extends KeptText {
  readonly ground: DecisionGround;
}

/** A kept text with what a reviewer said of it. */
export interface LabelledText extends KeptText {
  readonly label: GuardrailFeedbackLabel;
}

/** Decisions as those see them who review them. */
export interface ReviewStore {
  page(filter: DecisionFilter): Promise<readonly GuardrailDecision[]>;
  /** `null`: no such decision. `text` null: it is not kept, or no longer. */
  textOf(decisionId: string): Promise<{ readonly text: KeptText | null } | null>;
  /** Writes a reviewer's label and the event, both or neither; `null`: no such decision. */
  review(
    label: { readonly decisionId: string; readonly label: GuardrailFeedbackLabel; readonly by: string },
    event: CloudEvent,
  ): Promise<GuardrailDecision | null>;
  /** Writes what the person says of a decision of theirs, and the event; false: they have no such decision. */
  dispute(
    label: { readonly decisionId: string; readonly label: GuardrailFeedbackLabel; readonly userId: string },
    event: CloudEvent,
  ): Promise<boolean>;
  /** Kept texts with a reviewer's label, oldest first, beginning after `after`. */
  labelled(options: { readonly after: string | null; readonly limit: number }): Promise<readonly LabelledText[]>;
  /** The newest texts kept since the given time, and how many there are of all of that time. */
  keptTexts(options: {
    readonly since: Date;
    readonly limit: number;
  }): Promise<{ readonly newest: readonly KeptDecision[]; readonly count: number }>;
  /**
   * How many decisions on messages and documents there are since the given time, by their grounds; those whose text is kept only if they
   * are older than `textsFrom`, the id of a decision.
   */
  tallies(options: {
    readonly since: Date;
    readonly textsFrom: string | null;
  }): Promise<readonly (DecisionGround & { readonly count: number })[]>;
}
