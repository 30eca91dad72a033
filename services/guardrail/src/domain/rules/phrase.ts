import { isSpelled, type SpelledWord, spelledWords } from '../lexicon/concepts.ts';
import { sentenceEnd, type Word } from '../reading/words.ts';

/** How a sequence is looked for in words. */
export interface Walk {
  /** Positions at which a step or a barrier may stand, ascending. */
  readonly positions: Iterable<number>;
  /** Whether the step may stand there. */
  isStep(step: number, at: number): boolean;
  /** Whether no sequence reaches over the position. */
  isBarrier(at: number): boolean;
  /** Whether what was found, first and last position, counts. */
  accepts(first: number, last: number): boolean;
}

/**
 * Looks for a sequence of things that follow one another; `gaps` says for each step how many words may stand between it and the step
 * before, and counts for nothing in the first. One walk without going back: of all beginnings of the same length only the latest is kept, because what can
 * follow an earlier one can follow it as well. Time is positions times steps.
 */
export function findSequence(gaps: readonly number[], { positions, isStep, isBarrier, accepts }: Walk): boolean {
  const lasts = gaps.map(() => Number.NEGATIVE_INFINITY);
  const firsts = gaps.map(() => 0);
  for (const at of positions) {
    if (isBarrier(at)) {
      lasts.fill(Number.NEGATIVE_INFINITY);
      continue;
    }
    // From the last step, so that one word is not two steps.
    for (let step = gaps.length - 1; step >= 0; step -= 1) {
      if (!isStep(step, at)) continue;
      const isReached = step === 0 || at - (lasts[step - 1] ?? 0) - 1 <= (gaps[step] ?? 0);
      if (!isReached) continue;
      lasts[step] = at;
      firsts[step] = step === 0 ? at : (firsts[step - 1] ?? at);
      if (step === gaps.length - 1 && accepts(firsts[step] ?? at, at)) return true;
    }
  }
  return false;
}

/** A gap of a custom pattern stands for up to so many words: see `customPatternSchema`. */
const phraseGap = 5;
/** Shorter words in all say nothing: a phrase of them would shut everybody out. */
const phraseLetters = 3;

/** A compiled phrase. */
export interface Phrase {
  /** Words without which a text cannot hold it: a quick test before `isIn`. */
  readonly needs: readonly string[];
  isIn(words: readonly Word[]): boolean;
}

/** The words of a phrase with the gap before each. */
function phraseSteps(phrase: string): { readonly word: SpelledWord; readonly gap: number }[] {
  const steps: { word: SpelledWord; gap: number }[] = [];
  let gap = 0;
  for (const piece of phrase.trim().split(/\s+/)) {
    if (piece === '*') gap += phraseGap;
    else {
      for (const word of spelledWords(piece)) {
        steps.push({ word, gap });
        gap = 0;
      }
    }
  }
  return steps;
}

/** What is wrong with the phrase of a custom pattern, in words for an editor, or null. */
export function phraseFaults(phrase: string): string | null {
  const steps = phraseSteps(phrase);
  if (steps.length === 0) return 'must hold a word';
  const letters = steps.reduce((sum, { word }) => sum + word.text.length, 0);
  return letters < phraseLetters ? `must hold words of at least ${phraseLetters} letters in all` : null;
}

/** Compiles the phrase of a custom pattern; one with faults is found nowhere. */
export function compilePhrase(phrase: string): Phrase {
  const steps = phraseSteps(phrase);
  if (phraseFaults(phrase) !== null) return { needs: [], isIn: () => false };
  const gaps = steps.map(({ gap }) => gap);
  return {
    needs: steps.flatMap(({ word }) => (word.isStem ? [] : [word.text])),
    isIn: (words) =>
      findSequence(gaps, {
        positions: words.keys(),
        isStep(step, at) {
          const wanted = steps[step]?.word;
          const word = words[at];
          return wanted !== undefined && word !== undefined && isSpelled(wanted, word.text);
        },
        isBarrier: (at) => words[at]?.text === sentenceEnd,
        accepts: () => true,
      }),
  };
}
