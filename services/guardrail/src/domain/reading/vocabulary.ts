import { skeletonOf } from './skeleton.ts';

/** Words by which a text is told from noise. */
export interface Vocabulary {
  /** Whether the folded word is a usual one of some language. */
  has(word: string): boolean;
  /** The commonest usual word that the one in leetspeak may stand for. */
  wordBehind(leet: string): string | undefined;
  /** The commonest usual word with the same first and last letter and the same ones between, in any order. */
  wordOfLetters(scrambled: string): string | undefined;
  /** The commonest usual word that the one without vowels may stand for. */
  wordOfConsonants(vowelless: string): string | undefined;
  /** The commonest usual word that is the same when letters in a row count once. */
  wordOfRuns(stretched: string): string | undefined;
  /** The likeliest words that the letters (a to z) are when spaces are put in; letters of no word are words of their own. */
  split(letters: string): string[];
}

/** The vocabulary of a file with a folded word in each line, the commonest first. */
export function createVocabulary(file: string): Vocabulary {
  const words = file.split('\n').filter((line) => line !== '');
  const known = new Set(words);
  const behind = skeletonIndex(words);
  const scrambled = indexOf(words, sortedMiddle);
  const consonants = indexOf(words, withoutVowels);
  const runs = indexOf(words, withoutRuns, 1);
  const tree = createTree(words);
  return {
    has: (word) => known.has(word),
    wordBehind(leet) {
      const candidates = behind.get(skeletonOf(leet)) ?? [];
      return candidates.find((word) => word.length === leet.length) ?? candidates.find((word) => isNear(word, leet));
    },
    wordOfLetters: (word) => scrambled.get(sortedMiddle(word)),
    wordOfConsonants: (word) => consonants.get(word),
    wordOfRuns: (word) => runs.get(withoutRuns(word)),
    split: (letters) => split(letters, tree),
  };
}

/** Shorter words have too many letters that may be others. */
const skeletonLetters = 2;

function skeletonIndex(words: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < skeletonLetters || !/^[a-z]+$/.test(word)) continue;
    const skeleton = skeletonOf(word);
    const others = index.get(skeleton);
    if (others === undefined) index.set(skeleton, [word]);
    else others.push(word);
  }
  return index;
}

/** Shorter words have another one of the same letters too often. */
const keyLetters = 3;

/** The commonest word of each key. */
function indexOf(
  words: readonly string[],
  keyOf: (word: string) => string,
  leastLetters = keyLetters,
): Map<string, string> {
  const index = new Map<string, string>();
  for (const word of words) {
    if (word.length < leastLetters || !/^[a-z]+$/.test(word)) continue;
    const key = keyOf(word);
    if (!index.has(key)) index.set(key, word);
  }
  return index;
}

const sortedMiddle = (word: string) =>
  `${word.charAt(0)}${Array.from(word.slice(1, -1)).sort().join('')}${word.slice(-1)}`;
const withoutRuns = (word: string) => word.replace(/([a-z])\1+/g, '$1');
const withoutVowels = (word: string) => word.charAt(0) + word.slice(1).replace(/[aeiou]/g, '');

/** A doubled or a left-out letter, no more. */
const isNear = (word: string, leet: string) => Math.abs(word.length - leet.length) <= 2;

/** A tree of the words by letter; child `c` of node `n` is `children[n * 26 + c]`, 0 for none; `costs[n]` is 0 where no word ends. */
interface Tree {
  readonly children: Int32Array;
  readonly costs: Float32Array;
}

const letterCount = 26;
const firstLetter = 97;
/** Words of one letter in any language that is written in Latin letters; other single letters are noise. */
const oneLetterWords = new Set(['a', 'i']);
/** By Zipf's law the negative logarithm of a word's frequency grows as that of its rank; ranks of the first words are evened out. */
const evenedRanks = 8;
/** Costs more than the rarest word has for two letters, so that known words are preferred to noise. */
const unknownLetterCost = 9;

function createTree(words: readonly string[]): Tree {
  const latin = words.filter((word) => /^[a-z]+$/.test(word) && (word.length > 1 || oneLetterWords.has(word)));
  const capacity = latin.reduce((sum, word) => sum + word.length, 1);
  let children = new Int32Array(capacity * letterCount);
  let costs = new Float32Array(capacity);
  let count = 1;
  const ranks = new Map(latin.map((word, rank) => [word, rank]));
  for (const [word, rank] of ranks) {
    if (isCompound(word, rank, ranks)) continue;
    let node = 0;
    for (let position = 0; position < word.length; position += 1) {
      const slot = node * letterCount + word.charCodeAt(position) - firstLetter;
      let child = children[slot] ?? 0;
      if (child === 0) {
        child = count;
        children[slot] = child;
        count += 1;
      }
      node = child;
    }
    costs[node] = Math.log(rank + evenedRanks);
  }
  children = children.slice(0, count * letterCount);
  costs = costs.slice(0, count);
  return { children, costs };
}

/** A part of a compound has so many letters. */
const partLetters = 4;
/** A compound is so many times rarer than its rarer part; `understand` is not, `systemprompt` is. */
const compoundRarity = 4;

/** Whether the word is two usual ones in one, as German writes them; letters are rather cut into the two. */
function isCompound(word: string, rank: number, ranks: ReadonlyMap<string, number>): boolean {
  for (let end = partLetters; end <= word.length - partLetters; end += 1) {
    const first = ranks.get(word.slice(0, end));
    const second = ranks.get(word.slice(end));
    if (first !== undefined && second !== undefined && rank > compoundRarity * Math.max(first, second)) return true;
  }
  return false;
}

/** The cheapest way to cut the letters into words (Viterbi). Linear: no word is longer than the tree is deep. */
function split(letters: string, { children, costs }: Tree): string[] {
  const length = letters.length;
  const best = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(length + 1);
  best[0] = 0;
  for (let start = 0; start < length; start += 1) {
    const cost = best[start] ?? 0;
    const relax = (end: number, total: number) => {
      if (total >= (best[end] ?? 0)) return;
      best[end] = total;
      from[end] = start;
    };
    relax(start + 1, cost + unknownLetterCost);
    let node = 0;
    for (let position = start; position < length; position += 1) {
      const letter = letters.charCodeAt(position) - firstLetter;
      node = letter >= 0 && letter < letterCount ? (children[node * letterCount + letter] ?? 0) : 0;
      if (node === 0) break;
      const wordCost = costs[node] ?? 0;
      if (wordCost > 0) relax(position + 1, cost + wordCost);
    }
  }
  const words: string[] = [];
  for (let end = length; end > 0; end = from[end] ?? 0) words.push(letters.slice(from[end] ?? 0, end));
  return words.reverse();
}
