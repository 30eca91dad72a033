import { perSubject } from '../layer.ts';
import { conceptsOf } from '../lexicon/concepts.ts';
import { sentenceEnd, type Word, wordsOf } from '../reading/words.ts';

/** A text with what the rules need of it, made once for all of them. */
export interface MarkedText {
  readonly text: string;
  readonly words: readonly Word[];
  /** The concepts of each word: see `conceptsOf`. */
  readonly masks: Uint32Array;
  /** Positions of words that mean something, and of the ends of sentences. */
  readonly marked: readonly number[];
  /** All concepts of the text. */
  readonly all: number;
}

/** The readings of a subject, marked. */
export const markedReadingsOf = perSubject(({ readings }) => readings().map(({ text }) => markText(text)));

/** Marks the concepts of a folded text. */
function markText(text: string): MarkedText {
  const words = wordsOf(text);
  const masks = conceptsOf(words);
  const marked: number[] = [];
  let all = 0;
  for (let at = 0; at < words.length; at += 1) {
    const mask = masks[at] ?? 0;
    all |= mask;
    if (mask !== 0 || words[at]?.text === sentenceEnd) marked.push(at);
  }
  return { text, words, masks, marked, all };
}

/** Whether one of the concepts is among `count` words from the position on, forwards or backwards, within the sentence. */
export function has(
  { words, masks }: MarkedText,
  from: number,
  count: number,
  direction: 1 | -1,
  concepts: number,
): boolean {
  for (let step = 0; step < count; step += 1) {
    const at = from + step * direction;
    if (at < 0 || at >= words.length || words[at]?.text === sentenceEnd) return false;
    if (((masks[at] ?? 0) & concepts) !== 0) return true;
  }
  return false;
}
