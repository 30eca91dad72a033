import type { guardrailLayers } from '@todo-chatbot/contracts';

/** Who wrote the text: the person (`input`) or the bot (`output`). */
export type Direction = 'input' | 'output';

export type LayerName = (typeof guardrailLayers)[number];

/** What a layer holds against a text: a closed reason code, and how sure it is (0 to 1). */
export interface Offence {
  readonly reason: string;
  readonly score: number;
}

/** One wall. Pure, linear in the length of the text, and never throws. To add one: a file with a `Layer`, and its line in `judge.ts`. */
export interface Layer {
  readonly name: LayerName;
  readonly directions: readonly Direction[];
  judge(text: string): Offence | null;
}
