import { isKnown, type Quality, unknownShare } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Word } from './words.ts';

/** Letters or leet signs alone, with up to three other characters between: `i g n o r e`, `i-g-n-o-r-e`, `i . g . n`. */
const spelledRun = /(?<![a-z0-9@$])[a-z0-9@$|!](?:[^a-z0-9@$|!]{1,3}[a-z0-9@$|!](?![a-z0-9@$])){3,}/g;
/** A bar may be a letter in leetspeak; between letters that stand alone it is none. */
const barBetweenLetters = /(?<=(?<![a-z0-9])[a-z])\|(?=[a-z](?![a-z0-9]))/g;
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
  const spelled = folded.replace(barBetweenLetters, ' ').replace(spelledRun, (run) => {
    const split = cut(
      run.replace(/[^a-z0-9@$|!]/g, '').replace(/[^a-z]/g, (sign) => spelledDigits[sign] ?? ''),
      vocabulary,
    );
    if (split === null) return run;
    isChanged = true;
    return ` ${split.join(' ')} `;
  });
  const joined = withoutSigns(spelled, vocabulary);
  if (joined !== spelled) isChanged = true;
  let budget = splitLimit;
  const parted = words.every(({ text }) => text.length < joinedLetters)
    ? joined
    : joined.replace(/(?<![a-z0-9/@._=&%+-])[a-z]{18,}(?![a-z0-9/@_=&%+])/g, (word) => {
        budget -= word.length;
        if (budget < 0 || vocabulary.has(word)) return word;
        const split = cut(word, vocabulary);
        if (split === null) return word;
        isChanged = true;
        return split.join(' ');
      });
  return isChanged ? parted : null;
}

/** Parts of a word with a sign between: `ig-no-re`, `in_structions`. */
const parted = /(?<![a-z0-9@/])[a-z]{1,15}(?:[-.*_~·|][a-z]{1,15}){1,20}(?![a-z0-9@/])/g;
/** Tags and comments within a word show nothing. */
const tagInWord = /(?<=[a-z])(?:<!--[^>]{0,40}-->|<\/?[a-z]{0,10}>){1,3}(?=[a-z])/g;
/** So many make a disguise; one alone may be spelled so. */
const leastParted = 2;

/** The text with words put together that signs or tags part, where there are several of which the parts are none. */
function withoutSigns(folded: string, vocabulary: Vocabulary): string {
  let count = 0;
  const text = folded.includes('<') ? folded.replace(tagInWord, '-') : folded;
  const joined = text.replace(parted, (word) => {
    const parts = word.split(/[-.*_~·|]/);
    const whole = parts.join('');
    if (whole.length < 2 || !vocabulary.has(whole) || /^(?:[a-z]\.)+[a-z]$/.test(word)) return word;
    if (parts.length > 2 || parts.some((part) => part.length > 1 && !vocabulary.has(part))) count += 1;
    return whole;
  });
  return count >= leastParted ? joined : folded;
}

/** So much of the text must be in no known word before its spaces are doubted. */
const doubtfulShare = 0.35;
/** Pieces of words are short and many; a name or a foreign word is neither. */
const pieceLetters = 4.5;
const leastPieces = 3;
/** Groups of equal length (`ignor eallp revio us`), as many as this share of all, were cut by a ruler. */
const evenShare = 0.75;
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
  if (pieces.length < leastPieces) return null;
  if (pieces.join('').length > pieceLetters * pieces.length && !areEven(latin)) return null;
  const letters = latin.join('');
  if (letters.length > splitLimit || letters.length < lettersShare * folded.length) return null;
  return cut(letters, vocabulary)?.join(' ') ?? null;
}

function areEven(words: readonly string[]): boolean {
  const lengths = words.map((word) => word.length).sort((a, b) => a - b);
  const usual = lengths[lengths.length >> 1];
  return lengths.filter((length) => length === usual).length >= evenShare * lengths.length;
}

/** A few letters again and again. */
const laughter = /^(.{1,4}?)\1{3,}.{0,3}$/;

function cut(letters: string, vocabulary: Vocabulary): string[] | null {
  if (letters.length > splitLimit || laughter.test(letters)) return null;
  const split = vocabulary.split(letters);
  const known = split.filter((word) => isKnown(word, vocabulary));
  const knownLetters = known.reduce((sum, word) => sum + word.length, 0);
  return knownLetters >= goodShare * letters.length && knownLetters >= goodWordLetters * known.length ? split : null;
}
