import { sentenceEnd, type Word } from '../reading/words.ts';

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
/** Concepts so many words apart are near one another. */
const nearWords = 3;
/** A concept in one of the first words of a piece opens it: most demands begin with what is to be done. */
const openingWords = 2;
/** Characters between two words that count. */
const markLimit = 4;

const wordFamily = 0;
const phraseFamily = 1;
const characterFamily = 2;
const conceptFamily = 3;
const markFamily = 4;

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
  const memory = new ConceptMemory();
  // The three words before, the last one first, and the concepts of two of them; nothing before a sentence.
  let first = startHash;
  let second = 0;
  let third = 0;
  let firstMask = 0;
  let secondMask = 0;
  let wordsInPiece = 0;
  let position = 0;

  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    if (word.text === sentenceEnd) {
      if (wordsInPiece > 0) {
        tell(sink, pair(first, text.charCodeAt(word.start), seeds.end), markFamily);
        sink.endPiece();
      }
      first = startHash;
      second = third = firstMask = secondMask = wordsInPiece = 0;
      memory.clear();
      position = word.end;
      continue;
    }
    if (wordsInPiece === wordsPerPiece) {
      sink.endPiece();
      wordsInPiece = 0;
    }
    const hash = hashWord(word.text);
    tell(sink, hash, wordFamily);
    tell(sink, pair(first, hash, seeds.bigram), phraseFamily);
    if (second !== 0) {
      tell(sink, pair(pair(second, first, seeds.bigram), hash, seeds.trigram), phraseFamily);
      tell(sink, pair(second, hash, seeds.skip), phraseFamily);
    }
    if (third !== 0) tell(sink, pair(third, hash, seeds.wideSkip), phraseFamily);

    const marks = hashMarks(text, position, word.start);
    if (marks !== 0) {
      tell(sink, pair(marks, hash, seeds.mark), markFamily);
      tell(sink, pair(first, marks, seeds.markBefore), markFamily);
      tell(sink, marks, markFamily);
    }
    tellCharacters(word.text, sink);

    for (let mask = firstMask; mask !== 0; mask &= mask - 1)
      tell(sink, pair(lowestBit(mask), hash, seeds.conceptWord), conceptFamily);
    for (let mask = secondMask; mask !== 0; mask &= mask - 1)
      tell(sink, pair(lowestBit(mask), hash, seeds.conceptSecondWord), conceptFamily);
    const ownMask = concepts[index] ?? 0;
    for (let mask = ownMask; mask !== 0; mask &= mask - 1) {
      const concept = lowestBit(mask);
      tell(sink, pair(concept, 0, seeds.concept), conceptFamily);
      if (wordsInPiece < openingWords) tell(sink, pair(concept, 1, seeds.concept), conceptFamily);
      tell(sink, pair(first, concept, seeds.wordConcept), conceptFamily);
      memory.tellPairs(concept, index, sink);
    }
    for (let mask = ownMask; mask !== 0; mask &= mask - 1) memory.add(lowestBit(mask), index);
    third = second;
    second = first;
    first = hash;
    secondMask = firstMask;
    firstMask = ownMask;
    position = word.end;
    wordsInPiece += 1;
  }
  if (wordsInPiece > 0) sink.endPiece();
}

/** The concepts before a word in its sentence, so many that their number does not grow with the text. */
class ConceptMemory {
  readonly #concepts = new Uint8Array(conceptMemory);
  readonly #places = new Int32Array(conceptMemory);
  #added = 0;

  clear(): void {
    this.#added = 0;
  }

  add(concept: number, place: number): void {
    this.#concepts[this.#added % conceptMemory] = concept;
    this.#places[this.#added % conceptMemory] = place;
    this.#added += 1;
  }

  /** The concept with each of those before it, and with two that follow one another. */
  tellPairs(concept: number, place: number, sink: FeatureSink): void {
    const oldest = Math.max(0, this.#added - conceptMemory);
    for (let at = this.#added - 1; at >= oldest; at -= 1) {
      const earlier = this.#concepts[at % conceptMemory] ?? 0;
      tell(sink, pair(earlier, concept, seeds.conceptPair), conceptFamily);
      const distance = place - (this.#places[at % conceptMemory] ?? 0);
      if (distance <= nearWords) tell(sink, pair(earlier, concept, seeds.conceptNear), conceptFamily);
      if (at === oldest) continue;
      const before = this.#concepts[(at - 1) % conceptMemory] ?? 0;
      tell(sink, pair(pair(before, earlier, seeds.conceptPair), concept, seeds.conceptTriple), conceptFamily);
    }
  }
}

function tell(sink: FeatureSink, hash: number, family: number): void {
  sink.feature(mix(hash) & (bucketCount - 1), family);
}

function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
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

/** The units of a word with its borders: written anew for each word. */
const bordered = new Uint16Array(longestWord + 2);
const border = 0x5f;
const shortestRun = 3;
const longestRun = 5;

/** Runs of three to five characters of a word with its borders. */
function tellCharacters(text: string, sink: FeatureSink): void {
  const { length } = text;
  if (length < 2 || length > longestWord) return;
  bordered[0] = border;
  for (let index = 0; index < length; index += 1) bordered[index + 1] = text.charCodeAt(index);
  bordered[length + 1] = border;
  const end = length + 2;
  for (let start = 0; start + shortestRun <= end; start += 1) {
    let hash = 0x9747b28c;
    const stop = Math.min(end, start + longestRun);
    for (let place = start; place < stop; place += 1) {
      hash = Math.imul(hash ^ (bordered[place] ?? 0), 0x01000193);
      if (place >= start + shortestRun - 1) tell(sink, hash, characterFamily);
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
