/** Words by which a text is told from noise. */
export interface Vocabulary {
  /** Whether the folded word is a usual one of some language. */
  has(word: string): boolean;
}

/** The vocabulary of a file with a folded word in each line. */
export function createVocabulary(file: string): Vocabulary {
  const words = new Set(file.split('\n').filter((line) => line !== ''));
  return { has: (word) => words.has(word) };
}
