import { isKnown, isReadable, type Quality, qualityOf, readableShare, unknownShare } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** What a folded text is and how it reads. */
export interface Enciphered {
  readonly folded: string;
  readonly words: readonly Word[];
  readonly quality: Quality;
}

/** So many letters, and such a share of all, must be in no known word before a cipher is looked for. */
const unknownLetters = 10;
const suspiciousShare = 0.25;
/** So many words tell whether a key is right. */
const sampleWords = 12;
/** Shorter words are known by chance under some key. */
const sampleLetters = 3;

/** So many words and such a share of letters must fit a key other than ROT13, because one of 25 fits a few by chance. */
const rareKeyWords = 3;
const rareKeyShare = 0.8;

type Substitution = (text: string) => string;

/** The 25 shifts of the alphabet, ROT13 first, and the alphabet backwards (Atbash). */
const substitutions: readonly Substitution[] = [
  13,
  ...Array.from({ length: 25 }, (_, index) => index + 1).filter((shift) => shift !== 13),
]
  .map((shift) => substitution((letter) => (letter + shift) % 26))
  .concat(substitution((letter) => 25 - letter));

function substitution(move: (letter: number) => number): Substitution {
  const table = Array.from({ length: 128 }, (_, unit) =>
    String.fromCharCode(unit >= 97 && unit <= 122 ? 97 + move(unit - 97) : unit),
  );
  return (text) => {
    let moved = '';
    for (let position = 0; position < text.length; position += 1) {
      moved += table[text.charCodeAt(position)] ?? text.charAt(position);
    }
    return moved;
  };
}

/** Whether enough of the text is in no known word that something may be behind it. */
export function isSuspicious({ quality }: Enciphered): boolean {
  return quality.latin - quality.known >= unknownLetters && unknownShare(quality) >= suspiciousShare;
}

/** The text with the letters of a shifted or mirrored alphabet put back, all of it or where it is unreadable; null when no key fits. */
export function withoutCipher(text: Enciphered, vocabulary: Vocabulary): string | null {
  const sample = sampleOf(text, vocabulary).filter((word) => /^[a-z]+$/.test(word));
  const letters = sample.join('').length;
  let best: Substitution | null = null;
  let bestKnown = 0;
  for (const [index, substitute] of substitutions.entries()) {
    if (letters < unknownLetters || (index > 0 && sample.length < rareKeyWords)) break;
    let known = 0;
    for (const word of sample) if (vocabulary.has(substitute(word))) known += word.length;
    if (known > bestKnown && known >= (index > 0 ? rareKeyShare : readableShare) * letters) {
      best = substitute;
      bestKnown = known;
    }
  }
  return best === null ? null : rewritten(text, best, vocabulary);
}

/** Different unknown words from the beginning of the text. */
function sampleOf({ words }: Enciphered, vocabulary: Vocabulary): string[] {
  const sample = new Set<string>();
  for (const { text } of words) {
    if (sample.size === sampleWords) break;
    if (text.length >= sampleLetters && !vocabulary.has(text)) sample.add(text);
  }
  return [...sample];
}

/** Half of the 94 printable characters; ROT47 moves each by so many places, signs and digits as well. */
const halfOfPrintable = 47;
const firstPrintable = 33;

/** The text with ROT47 undone; null when that reads no better. Of the text before folding, because case counts. */
export function withoutRot47(bare: string, { quality }: Enciphered, vocabulary: Vocabulary): string | null {
  if (unknownShare(quality) < readableShare) return null;
  const moved = bare.replace(/[!-~]/g, (character) =>
    String.fromCharCode(
      firstPrintable + ((character.charCodeAt(0) - firstPrintable + halfOfPrintable) % (2 * halfOfPrintable)),
    ),
  );
  const after = qualityOf(wordsOf(moved.toLowerCase()), vocabulary);
  return isReadable(after) && after.known >= unknownLetters && unknownShare(after) < 1 - rareKeyShare ? moved : null;
}

/** The texts read from right to left: letter by letter, and each word in its place; none when that reads no better. */
export function withoutReversal(text: Enciphered, vocabulary: Vocabulary): string[] {
  const unknown = sampleOf(text, vocabulary);
  const known = unknown.filter((word) => vocabulary.has(reversed(word)));
  const letters = unknown.join('').length;
  if (letters < unknownLetters || known.join('').length < readableShare * letters) return [];
  const backwards = rewritten(text, reversed, vocabulary);
  return backwards === null ? [] : [backwards, rewritten(text, reversedWords, vocabulary) ?? backwards];
}

/** The letters in the opposite order. */
function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

/** A text whose words stand in the opposite order has the same words, so only its own saying so tells it. */
const saysReversed =
  /\b(?:in reverse|reverse(?:d)? order|reversed (?:words|sentence|text|message)|backwards?|right to left|last word)\b/;

/** The text with its words in the opposite order, where it speaks of that; else null. */
export function withoutReversedOrder(folded: string): string | null {
  return saysReversed.test(folded) ? folded.split(/\s+/).reverse().join(' ') : null;
}

function reversedWords(text: string): string {
  return text.replace(/[\p{L}\p{M}\p{N}'’]+/gu, reversed);
}

/** The change made to all of the text, or to the stretch from its first to its last unknown word, whichever reads better. */
function rewritten(
  { folded, words }: Enciphered,
  change: (text: string) => string,
  vocabulary: Vocabulary,
): string | null {
  const isUnknown = ({ text }: Word) => text !== '.' && !isKnown(text, vocabulary);
  const start = words.find(isUnknown)?.start ?? 0;
  const end = words.findLast(isUnknown)?.end ?? 0;
  const whole = change(folded);
  const inPlace = `${folded.slice(0, start)}${change(folded.slice(start, end))}${folded.slice(end)}`;
  const quality = { whole: qualityOf(wordsOf(whole), vocabulary), inPlace: qualityOf(wordsOf(inPlace), vocabulary) };
  const [best, bestQuality] =
    unknownShare(quality.whole) <= unknownShare(quality.inPlace) ? [whole, quality.whole] : [inPlace, quality.inPlace];
  return isReadable(bestQuality) ? best : null;
}
