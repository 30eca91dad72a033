import type { GuardrailDirection, GuardrailLayer, GuardrailRuleset, ReplyContext } from '@todo-chatbot/contracts';
import { once } from './once.ts';
import type { Reading } from './reading/readings.ts';

/** What the layers look at: a text, and everything that belongs to its judgement. */
export interface Subject {
  readonly text: string;
  readonly direction: GuardrailDirection;
  readonly ruleset: GuardrailRuleset;
  /** What a reply is compared with. */
  readonly context: ReplyContext;
  /** All that the text may be read as, itself first; made once, when a layer asks for it. */
  readings(): readonly Reading[];
}

/** All that a text may be read as, itself first. */
export type Read = (text: string) => readonly Reading[];

/** A subject; its readings are made at the first need. */
export function subjectOf(subject: Omit<Subject, 'readings'>, read: Read): Subject {
  return { ...subject, readings: once(() => read(subject.text)) };
}

/** What several layers need of a subject: made at the first need, and once for all of them. */
export function perSubject<Value>(make: (subject: Subject) => Value): (subject: Subject) => Value {
  const made = new WeakMap<Subject, () => Value>();
  return (subject) => {
    const known = made.get(subject) ?? once(() => make(subject));
    made.set(subject, known);
    return known();
  };
}

/** A piece of a text that its reader may not see, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a layer holds against a text. */
export interface Finding {
  /** Closed reason code. */
  readonly reason: string;
  /** How sure it is, 0 to 1; the thresholds of the ruleset tell what follows. */
  readonly score: number;
  /** Pieces to be masked; when set, the rest of the reply may be sent. */
  readonly masks?: readonly Span[];
}

/** One wall. Pure, linear in the length of the text, and never throws. To add one: a file with a `Layer`, and its line in `judge.ts`. */
export interface Layer {
  readonly name: GuardrailLayer;
  readonly directions: readonly GuardrailDirection[];
  judge(subject: Subject): Finding | null;
}
