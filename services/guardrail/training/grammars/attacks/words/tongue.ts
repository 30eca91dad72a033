type Words = readonly string[];

/**
 * The slots that every smaller language fills, so that a family writes its templates once for all of them. Verbs are imperatives, noun
 * phrases carry their article.
 */
export interface Tongue extends Readonly<Record<string, Words>> {
  /** Verbs that annul; their object is one of `orders`. */
  readonly drop: Words;
  /** What the assistant was told. */
  readonly orders: Words;
  /** Joins two demands. */
  readonly and: Words;
  readonly please: Words;
  /** A demand that has nothing to do with the assistant's job. */
  readonly task: Words;
  /** Something in quotes that is to be said. */
  readonly say: Words;
  /** Verbs that disclose; their object is one of `secret`. */
  readonly reveal: Words;
  readonly secret: Words;
  /** How to disclose it. */
  readonly how: Words;
  /** Sentences that claim a right to it. */
  readonly pretext: Words;
  /** Harmless sentences. */
  readonly honest: Words;
  /** Leads from a harmless sentence to the attack. */
  readonly turn: Words;
  readonly stop: Words;
  /** A heading before a demand. */
  readonly newTask: Words;
  /** Sentences by which nothing holds any more. */
  readonly void: Words;
  /** A claim of authority before a demand. */
  readonly boss: Words;
  /** Names of personas. */
  readonly persona: Words;
  /** Sentences that make the assistant somebody else. */
  readonly youAre: Words;
  /** Sentences by which the persona may do everything. */
  readonly free: Words;
  /** Sentences that forbid refusals and warnings. */
  readonly never: Words;
  /** Sentences that say how the answer begins. */
  readonly start: Words;
  /** Begins a frame whose object is one of `role`. */
  readonly actAs: Words;
  readonly role: Words;
  /** Sentences in a document that speak to the model which reads it. */
  readonly toReader: Words;
  /** Sentences of ordinary documents. */
  readonly carrier: Words;
}
