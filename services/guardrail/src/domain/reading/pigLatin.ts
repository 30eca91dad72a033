import type { Vocabulary } from './vocabulary.ts';

const pigWord = /\b([a-z]{1,20})ay\b/g;
/** So many words end alike by chance (`today`, `pay`). */
const leastWords = 3;
/** The consonants that a word began with; no English word begins with more. */
const movedConsonants = /[^aeiou]{1,3}$/;

/** The text with the words of pig latin put back (`ignoreway`, `eviouspray`); null when there are too few. */
export function withoutPigLatin(folded: string, vocabulary: Vocabulary): string | null {
  const unknown = Array.from(folded.matchAll(pigWord)).filter(([word]) => !vocabulary.has(word));
  const count = unknown.filter(([, stem = '']) => originOf(stem, vocabulary) !== null).length;
  return count < leastWords
    ? null
    : folded.replace(pigWord, (word, stem: string) => originOf(stem, vocabulary) ?? word);
}

function originOf(stem: string, vocabulary: Vocabulary): string | null {
  if (/^[aeiou]/.test(stem) && stem.endsWith('w') && vocabulary.has(stem.slice(0, -1))) return stem.slice(0, -1);
  const cluster = movedConsonants.exec(stem)?.[0] ?? '';
  for (let moved = cluster.length; moved > 0; moved -= 1) {
    const origin = stem.slice(-moved) + stem.slice(0, -moved);
    if (vocabulary.has(origin)) return origin;
  }
  const vowelFirst = stem.replace(/[yh]$/, '');
  return [vowelFirst, stem].find((origin) => vocabulary.has(origin)) ?? null;
}
