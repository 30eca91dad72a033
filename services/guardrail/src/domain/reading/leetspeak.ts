import { isReadable, qualityOf } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** A digit or sign beside a letter: without one there is no leetspeak. */
const gate = /[a-z][0-9@$€|!+¢#^†×]|[0-9@$€|!+¢#^†×][a-z]|[|/\\][_\\/|<)-]/;
const leetToken = /[a-z0-9@$€|!+¢#^†×%¡]+(?:['’][a-z0-9@$€|!+]+)?/g;
const letter = /[a-z]/;
const digitOrSign = /[^a-z'’]/;
/** Variables, tags and handles begin so. */
const name = /^(?:[$#]|@(?=[a-z]{4}))([a-z]+)$/;
/** Numbers with a unit, times and ordinals. */
const measure =
  /^(?:[0-9]+(?:am|pm|th|kg|km|cm|mm|ml|gb|mb|tb|ms|hr|hrs|min|mins|px|lb|lbs|oz|ft|in|x|k|m|h|s|d|w|y|g|l|p)|[0-9]*1st|[0-9]*2nd|[0-9]*3rd)$/;
/** Names of variables and models end so. */
const lastDigit = /^[a-z]+[0-9]$/;
/** Letters drawn with several signs, longest first. */
const drawings: readonly [string, string][] = [
  ['|\\/|', 'm'],
  ['|\\|', 'n'],
  ['|_|', 'u'],
  ['|-|', 'h'],
  ['\\/', 'v'],
  ['/\\', 'a'],
  ['|<', 'k'],
  ['|)', 'd'],
  ['()', 'o'],
];
/** One word of so many signs is enough; shorter ones (`b4`, `m8`) only beside another. */
const strongLength = 4;

/** Digits alone are letters only in a text that has so many other words in leetspeak. */
const leetTextWords = 2;
const wordsOfOneSign: ReadonlyMap<string, string> = new Map([
  ['4', 'a'],
  ['@', 'a'],
  ['1', 'i'],
]);

/** The text with digits and signs as the letters they stand for, in those words that become usual ones; null when there are none. */
export function withoutLeet(folded: string, vocabulary: Vocabulary): string | null {
  if (!gate.test(folded)) return null;
  const text = undrawn(folded);
  const strong = new Map<string, string>();
  const weak = new Map<string, string>();
  let count = 0;
  for (const [token] of text.matchAll(leetToken)) {
    const word = strong.has(token) || weak.has(token) ? null : wordBehind(token, vocabulary);
    if (word === null) continue;
    const isStrong =
      Math.min(word.length, token.length) >= strongLength && letter.test(token) && !lastDigit.test(token);
    (isStrong ? strong : weak).set(token, word);
    if (isStrong) count += 1;
  }
  if (count === 0) return text !== folded && readsBetter(text, folded, vocabulary) ? text : null;
  return text.replace(leetToken, (token) => {
    const word = strong.get(token) ?? weak.get(token) ?? wordsOfOneSign.get(token) ?? token;
    return letter.test(token) || count >= leetTextWords ? word : token;
  });
}

function readsBetter(text: string, source: string, vocabulary: Vocabulary): boolean {
  const quality = qualityOf(wordsOf(text), vocabulary);
  return isReadable(quality) && quality.known > qualityOf(wordsOf(source), vocabulary).known + strongLength;
}

function undrawn(folded: string): string {
  if (!/[|\\]/.test(folded)) return folded;
  return drawings.reduce((text, [drawing, drawn]) => text.replaceAll(drawing, drawn), folded);
}

/** Marks of a sentence, which may be letters too. */
const lastMarks = /[!|#+]+$/;
/** Longer tokens are ids. */
const tokenLimit = 30;

/** The usual word that a token with digits or signs stands for; `!` at its end may be only a mark. */
function wordBehind(token: string, vocabulary: Vocabulary): string | null {
  if (token.length < 2 || token.length > tokenLimit || !digitOrSign.test(token)) return null;
  const marks = lastMarks.exec(token)?.[0] ?? '';
  const bare = token.slice(0, token.length - marks.length);
  if (marks !== '' && vocabulary.has(bare)) return null;
  const behindBare = marks !== '' && digitOrSign.test(bare) ? vocabulary.wordBehind(bare) : undefined;
  const behindAll = vocabulary.wordBehind(token);
  const isSentenceEnd = marks.startsWith('!');
  const word = behindBare === undefined || (!isSentenceEnd && behindAll !== undefined) ? behindAll : behindBare + marks;
  return word === undefined || isHonest(token, word, vocabulary) ? null : word;
}

/** Whether the token is a measure, a name with a sign, or the word itself. */
function isHonest(token: string, word: string, vocabulary: Vocabulary): boolean {
  return measure.test(token) || vocabulary.has(name.exec(token)?.[1] ?? '') || word === token.replace(/[^a-z]/g, '');
}
