import { Buffer } from 'node:buffer';
import { fold } from '../src/domain/reading/fold.ts';
import { wordsOf } from '../src/domain/reading/words.ts';

/** A text of which words are taken. */
export interface VocabularyText {
  readonly text: string;
  /** 1 attack, 0 harmless. */
  readonly label: 0 | 1;
}

/** What is rarer is a name, a typing error or noise. */
const leastTexts = 3;
/** Words of attacks alone must be common: many attacks are misspelled on purpose. */
const leastAttackTexts = 6;
/** Grammars say the same words many times, with typing errors and names put in by chance: what they say often is a word. */
const leastGeneratedTexts = 30;
/** A text with a smaller share of usual words is in disguise, and its words are none. */
const leastUsualShare = 0.7;
/** Longer runs of letters are noise. */
const wordLetters = 24;
/** The file is read at every start and held in memory. */
const fileBytes = 150_000;

/**
 * The vocabulary file of the texts: one folded word in a line, the commonest first. Words of harmless texts count when several texts have them; those
 * that only attacks have, when their text is otherwise in usual words; those of generated texts, when many have them. Where the file would
 * grow too long the commonest are kept.
 */
export function makeVocabulary(texts: readonly VocabularyText[], generated: readonly VocabularyText[] = []): string {
  const harmless = countTexts(texts.filter(({ label }) => label === 0).map(lettersOf));
  const usual = keysFrom(harmless, leastTexts);
  const isPlain = (words: readonly string[]) =>
    words.filter((word) => usual.has(word)).length >= leastUsualShare * words.length;
  const attacks = countTexts(
    texts
      .filter(({ label }) => label === 1)
      .map(lettersOf)
      .filter(isPlain),
  );
  for (const word of keysFrom(attacks, leastAttackTexts)) usual.add(word);
  const made = countTexts(generated.map(lettersOf));
  for (const word of keysFrom(made, leastGeneratedTexts)) usual.add(word);
  const total = (word: string) => (harmless.get(word) ?? 0) + (attacks.get(word) ?? 0) + (made.get(word) ?? 0);
  const words: string[] = [];
  let bytes = 0;
  for (const word of [...usual].sort((a, b) => total(b) - total(a) || (a < b ? -1 : 1))) {
    bytes += Buffer.byteLength(word) + 1;
    if (bytes > fileBytes) break;
    words.push(word);
  }
  return `${words.join('\n')}\n`;
}

function lettersOf({ text }: VocabularyText): string[] {
  return wordsOf(fold(text))
    .map((word) => word.text)
    .filter((word) => word.length <= wordLetters && /^[\p{L}\p{M}]+$/u.test(word));
}

function countTexts(texts: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function keysFrom(counts: ReadonlyMap<string, number>, least: number): Set<string> {
  return new Set([...counts].filter(([, count]) => count >= least).map(([word]) => word));
}
