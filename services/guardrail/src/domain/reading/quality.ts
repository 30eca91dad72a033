import type { Vocabulary } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** How much of a text is in words that someone would know. */
export interface Quality {
  /** Letters of words in Latin script. */
  readonly latin: number;
  /** Those of them in words of the vocabulary. */
  readonly known: number;
  /** Letters of words in other scripts, of which the vocabulary has only the commonest. */
  readonly other: number;
}

/** A text reads well when this share of its letters is in words that are known, or in another script than noise falls into. */
export const readableShare = 0.6;

/** Fewer letters may be in a known word by chance. */
const readableLetters = 6;

/** The quality of the words. Numbers count for nothing; a letter alone is no word, but for `a` and `i`. */
export function qualityOf(words: readonly Word[], vocabulary: Vocabulary): Quality {
  let latin = 0;
  let known = 0;
  let other = 0;
  for (const { text } of words) {
    const unit = text.charCodeAt(0);
    if (unit > 0x7f) other += text.length;
    else if (unit > 0x39) {
      latin += text.length;
      if (isKnown(text, vocabulary)) known += text.length;
    } else if (unit >= 0x30 && /[a-z]/.test(text)) latin += text.length;
  }
  return { latin, known, other };
}

/** Whether it is a word, and not a letter that stands alone. */
export function isKnown(word: string, vocabulary: Vocabulary): boolean {
  return word.length === 1 ? word === 'a' || word === 'i' : vocabulary.has(word);
}

/** Whether the quality is that of a text in words. */
export function isReadable({ latin, known, other }: Quality): boolean {
  const letters = latin + other;
  return letters >= readableLetters && known + other >= readableShare * letters;
}

/** Whether the folded text reads well. */
export function readsWell(folded: string, vocabulary: Vocabulary): boolean {
  return isReadable(qualityOf(wordsOf(folded), vocabulary));
}

/** The share of Latin letters that are in no known word, 0 … 1. */
export function unknownShare({ latin, known }: Quality): number {
  return latin === 0 ? 0 : 1 - known / latin;
}
