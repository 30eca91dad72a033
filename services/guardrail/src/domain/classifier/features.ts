import type { Word } from '../reading/words.ts';

/** Weights that a model has at most; a power of two, so that a hash becomes a place by a mask. One byte each: 1 MiB. */
export const bucketCount = 2 ** 20;

/** Kinds of features; each counts with its own value, because a word has a dozen character n-grams and they say the same again. */
export const featureFamilies = ['word', 'phrase', 'characters', 'concepts', 'marks'] as const;

/** Where features go, in the order of the text. */
export interface FeatureSink {
  /** One feature: its bucket (below `bucketCount`) and its family (index in `featureFamilies`). */
  feature(bucket: number, family: number): void;
  /** All features of a piece (a sentence, or a stretch of a long one) have been told. */
  endPiece(): void;
}

/** A longer sentence is cut, so that a demand in the midst of it is not drowned, and a window has a bounded size. */
const wordsPerPiece = 24;
/** A longer word is no word of a language (a token, a link): its characters say nothing. */
const longestWord = 24;
/** Concepts before a concept that are paired with it. */
const conceptMemory = 4;
/** Characters between two words that count. */
const markLimit = 4;

const [wordFamily, phraseFamily, characterFamily, conceptFamily, markFamily] = [0, 1, 2, 3, 4];

/** Seeds that keep kinds of features apart, which the same words would otherwise put in the same bucket. */
const seeds = {
  bigram: 0x2545f491,
  trigram: 0x1b873593,
  skip: 0x38b34ae5,
  wideSkip: 0x52dce729,
  concept: 0x6a09e667,
  conceptPair: 0x3c6ef372,
  conceptNear: 0x510e527f,
  conceptTriple: 0x1f83d9ab,
  conceptWord: 0x5be0cd19,
  conceptSecondWord: 0x428a2f98,
  wordConcept: 0x71374491,
  mark: 0x3956c25b,
  markBefore: 0x59f111f1,
  end: 0x12835b01,
} as const;

const startHash = mix(0x243185be);

/**
 * Tells the features of a reading: word n-grams and skip-grams, character n-grams, concepts in their order and with the words after them, and
 * punctuation beside words. Linear in the text; no strings are made.
 * @param concepts - a bit mask per word (`conceptsOf`)
 */
export function readFeatures(
  { text, words, concepts }: { text: string; words: readonly Word[]; concepts: Uint32Array },
  sink: FeatureSink,
): void {
  const memory = new Uint8Array(conceptMemory);
  const memoryPlaces = new Int32Array(conceptMemory);
  let memorySize = 0;
  let [first, second, third] = [startHash, 0, 0];
  let [lastMask, secondMask] = [0, 0];
  let wordsInPiece = 0;
  let position = 0;
  const tell = (hash: number, family: number) => sink.feature(mix(hash) & (bucketCount - 1), family);

  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (word.text === '.') {
      if (wordsInPiece === 0) continue;
      tell(pair(first, text.charCodeAt(word.start), seeds.end), markFamily);
      sink.endPiece();
      [first, second, third] = [startHash, 0, 0];
      [lastMask, secondMask] = [0, 0];
      memorySize = 0;
      wordsInPiece = 0;
      position = word.end;
      continue;
    }
    if (wordsInPiece === wordsPerPiece) {
      sink.endPiece();
      wordsInPiece = 0;
    }
    const hash = hashWord(word.text);
    tell(hash, wordFamily);
    tell(pair(first, hash, seeds.bigram), phraseFamily);
    if (second !== 0) {
      tell(pair(pair(second, first, seeds.bigram), hash, seeds.trigram), phraseFamily);
      tell(pair(second, hash, seeds.skip), phraseFamily);
    }
    if (third !== 0) tell(pair(third, hash, seeds.wideSkip), phraseFamily);

    const marks = hashMarks(text, position, word.start);
    if (marks !== 0) {
      tell(pair(marks, hash, seeds.mark), markFamily);
      tell(pair(first, marks, seeds.markBefore), markFamily);
      tell(marks, markFamily);
    }
    tellCharacters(word.text, sink);

    for (let mask = lastMask; mask !== 0; mask &= mask - 1)
      tell(pair(31 - Math.clz32(mask & -mask), hash, seeds.conceptWord), conceptFamily);
    for (let mask = secondMask; mask !== 0; mask &= mask - 1)
      tell(pair(31 - Math.clz32(mask & -mask), hash, seeds.conceptSecondWord), conceptFamily);
    const ownMask = concepts[index] ?? 0;
    for (let mask = ownMask; mask !== 0; mask &= mask - 1) {
      const concept = 31 - Math.clz32(mask & -mask);
      tell(pair(concept, 0, seeds.concept), conceptFamily);
      if (wordsInPiece < 2) tell(pair(concept, 1, seeds.concept), conceptFamily);
      tell(pair(first, concept, seeds.wordConcept), conceptFamily);
      for (let back = 0; back < Math.min(memorySize, conceptMemory); back += 1) {
        const place = (memorySize - 1 - back) % conceptMemory;
        const earlier = memory[place] ?? 0;
        const distance = index - (memoryPlaces[place] ?? 0);
        tell(pair(earlier, concept, seeds.conceptPair), conceptFamily);
        if (distance <= 3) tell(pair(earlier, concept, seeds.conceptNear), conceptFamily);
        const before = memory[(memorySize - 2 - back) % conceptMemory];
        if (back + 1 < Math.min(memorySize, conceptMemory) && before !== undefined)
          tell(pair(pair(before, earlier, seeds.conceptPair), concept, seeds.conceptTriple), conceptFamily);
      }
    }
    for (let mask = ownMask; mask !== 0; mask &= mask - 1) {
      memory[memorySize % conceptMemory] = 31 - Math.clz32(mask & -mask);
      memoryPlaces[memorySize % conceptMemory] = index;
      memorySize += 1;
    }
    [third, second, first] = [second, first, hash];
    [secondMask, lastMask] = [lastMask, ownMask];
    position = word.end;
    wordsInPiece += 1;
  }
  if (wordsInPiece > 0) sink.endPiece();
}

/** The word as it counts: numbers of the same length are the same. */
function hashWord(text: string): number {
  let hash = 0x811c9dc5;
  const length = Math.min(text.length, longestWord);
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit >= 0x30 && unit <= 0x39 ? 0x30 : unit), 0x01000193);
  }
  return mix(hash);
}

/** Runs of three to five characters of a word with its borders. */
function tellCharacters(text: string, sink: FeatureSink): void {
  if (text.length < 2 || text.length > longestWord) return;
  const border = 0x5f;
  const last = text.length + 1;
  const unitAt = (place: number) => (place === 0 || place === last ? border : text.charCodeAt(place - 1));
  for (let start = 0; start + 2 <= last; start += 1) {
    let hash = 0x9747b28c;
    for (let place = start; place <= last && place < start + 5; place += 1) {
      hash = Math.imul(hash ^ unitAt(place), 0x01000193);
      if (place >= start + 2) sink.feature(mix(hash) & (bucketCount - 1), characterFamily);
    }
  }
}

/** What stands between two words besides spaces; 0 if nothing does. */
function hashMarks(text: string, from: number, to: number): number {
  let hash = 0;
  let count = 0;
  for (let place = from; place < to && count < markLimit; place += 1) {
    const unit = text.charCodeAt(place);
    if (unit === 0x20 || unit === 0x2e || unit === 0x2c) continue;
    hash = Math.imul((hash === 0 ? 0x811c9dc5 : hash) ^ unit, 0x01000193);
    count += 1;
  }
  return hash;
}

function pair(a: number, b: number, seed: number): number {
  return Math.imul(Math.imul(a ^ seed, 0xcc9e2d51) ^ (b + 0x7f4a7c15), 0x85ebca6b) ^ (a >>> 15);
}

/** The end of MurmurHash3 (Austin Appleby, public domain): each bit of the sum depends on each bit of the number. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
