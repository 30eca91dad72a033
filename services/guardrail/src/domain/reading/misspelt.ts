import type { Vocabulary } from './vocabulary.ts';

const word = /(?<![a-z0-9'’/@._-])[a-z]{2,60}(?![a-z0-9/@_-])/g;
/** Letters that are written again and again, or several of them twice. */
const stretched = /([a-z])\1\1|([a-z])\2.*([a-z])\3|^([a-z])\4(?:([a-z])\5)?$/;
/** Consonants only, but for a first letter: the vowels were left out. */
const vowelless = /^[a-z][^aeiou]{2,}$/;
/** One word is a typing error, and so are two short ones. */
const leastWords = 2;
const leastLetters = 12;
/** So many unknown words are looked up; the bound keeps a text of noise cheap. */
const lookUpLimit = 150;

/**
 * The text with words put right whose letters are written several times, stand in another order between the first and the last, or are
 * without vowels; null when there are too few.
 */
export function withoutMisspelling(folded: string, vocabulary: Vocabulary): string | null {
  let lookUps = 0;
  let words = 0;
  let letters = 0;
  const text = folded.replace(word, (token) => {
    if (lookUps === lookUpLimit || vocabulary.has(token)) return token;
    lookUps += 1;
    const right = rightSpelling(token, vocabulary);
    if (right === undefined) return token;
    words += 1;
    letters += right.length;
    return right;
  });
  return words >= leastWords && letters >= leastLetters ? text : null;
}

function rightSpelling(token: string, vocabulary: Vocabulary): string | undefined {
  const run = stretched.test(token) ? vocabulary.wordOfRuns(token) : undefined;
  return (
    run ?? vocabulary.wordOfLetters(token) ?? (vowelless.test(token) ? vocabulary.wordOfConsonants(token) : undefined)
  );
}
