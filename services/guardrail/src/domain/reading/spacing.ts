import { isKnown, type Quality, unknownShare } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Word } from './words.ts';

/** Letters or leet signs alone, with up to three other characters between: `i g n o r e`, `i-g-n-o-r-e`, `i . g . n`. */
const spelledRun = /(?<![a-z0-9@$])[a-z0-9@$|!](?:[^a-z0-9@$|!]{1,3}[a-z0-9@$|!](?![a-z0-9@$])){3,}/g;
const spelledDigits: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '|': 'i',
  '!': 'i',
};
/** Shorter words are read as they are. */
const joinedLetters = 18;
/** Longer runs are not cut into words; the limit keeps the time small. */
const splitLimit = 2000;
/** A cut is good when so much of the letters is in known words of so many letters on average. */
const goodShare = 0.9;
const goodWordLetters = 3;

/** The text with spelled-out words joined and words that run together parted; null when there is no such word. */
export function withSpacing(folded: string, words: readonly Word[], vocabulary: Vocabulary): string | null {
  let isChanged = false;
  const spelled = folded.replace(spelledRun, (run) => {
    const split = cut(
      run.replace(/[^a-z0-9@$|!]/g, '').replace(/[^a-z]/g, (sign) => spelledDigits[sign] ?? ''),
      vocabulary,
    );
    if (split === null) return run;
    isChanged = true;
    return ` ${split.join(' ')} `;
  });
  let budget = splitLimit;
  const parted = words.every(({ text }) => text.length < joinedLetters)
    ? spelled
    : spelled.replace(/(?<![a-z0-9/@._=&%+-])[a-z]{18,}(?![a-z0-9/@_=&%+])/g, (word) => {
        budget -= word.length;
        if (budget < 0 || vocabulary.has(word)) return word;
        const split = cut(word, vocabulary);
        if (split === null) return word;
        isChanged = true;
        return split.join(' ');
      });
  return isChanged ? parted : null;
}

/** So much of the text must be in no known word before its spaces are doubted. */
const doubtfulShare = 0.35;
/** Pieces of words are short and many; a name or a foreign word is neither. */
const pieceLetters = 4.5;
const leastPieces = 3;
/** A text with more of digits, signs and spaces is no prose. */
const lettersShare = 0.6;

/** The text with its spaces put elsewhere (`ign ore prev ious`); null when that reads no better. */
export function withOtherSpaces(
  folded: string,
  words: readonly Word[],
  { quality, vocabulary }: { readonly quality: Quality; readonly vocabulary: Vocabulary },
): string | null {
  if (unknownShare(quality) < doubtfulShare) return null;
  const latin = words.map(({ text }) => text).filter((word) => /^[a-z]+$/.test(word));
  const pieces = latin.filter((word) => !isKnown(word, vocabulary));
  if (pieces.length < leastPieces || pieces.join('').length > pieceLetters * pieces.length) return null;
  const letters = latin.join('');
  if (letters.length > splitLimit || letters.length < lettersShare * folded.length) return null;
  return cut(letters, vocabulary)?.join(' ') ?? null;
}

function cut(letters: string, vocabulary: Vocabulary): string[] | null {
  if (letters.length > splitLimit) return null;
  const split = vocabulary.split(letters);
  const known = split.filter((word) => isKnown(word, vocabulary));
  const knownLetters = known.reduce((sum, word) => sum + word.length, 0);
  return knownLetters >= goodShare * letters.length && knownLetters >= goodWordLetters * known.length ? split : null;
}
