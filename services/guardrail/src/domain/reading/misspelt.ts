import type { Vocabulary } from './vocabulary.ts';

const word = /(?<![a-z0-9'’/@._-])[a-z]{4,30}(?![a-z0-9/@_-])/g;
/** Letters that are written again and again, or several of them twice. */
const stretched = /([a-z])\1\1|([a-z])\2.*([a-z])\3/;
/** Consonants only, but for a first letter: the vowels were left out. */
const vowelless = /^[a-z][^aeiou]{2,}$/;
/** One or two words are typing errors. */
const leastWords = 3;

/**
 * The text with words put right whose letters are written several times, stand in another order between the first and the last, or are
 * without vowels; null when there are too few.
 */
export function withoutMisspelling(folded: string, vocabulary: Vocabulary): string | null {
  let count = 0;
  const text = folded.replace(word, (token) => {
    const right = vocabulary.has(token) ? undefined : rightSpelling(token, vocabulary);
    if (right === undefined) return token;
    count += 1;
    return right;
  });
  return count >= leastWords ? text : null;
}

function rightSpelling(token: string, vocabulary: Vocabulary): string | undefined {
  if (stretched.test(token)) return vocabulary.wordBehind(token.replace(/([a-z])\1+/g, '$1'));
  return vocabulary.wordOfLetters(token) ?? (vowelless.test(token) ? vocabulary.wordOfConsonants(token) : undefined);
}
