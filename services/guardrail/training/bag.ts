import { type FeatureSink, readFeatures } from '../src/domain/classifier/features.ts';
import type { PieceSums } from '../src/domain/classifier/windows.ts';
import { conceptsOf } from '../src/domain/lexicon/concepts.ts';
import type { Reading } from '../src/domain/reading/readings.ts';
import { wordsOf } from '../src/domain/reading/words.ts';

/** A reading of a text as features, piece by piece. A feature is packed: its bucket, then `familyBits` bits of family. */
export interface BagReading {
  readonly isDisguised: boolean;
  readonly features: Int32Array;
  /** Where each piece ends in `features`. */
  readonly ends: Int32Array;
}

/** All readings of a text. */
export type Bag = readonly BagReading[];

const familyBits = 3;
const familyMask = (1 << familyBits) - 1;

/** The bucket of a packed feature. */
export function bucketOf(feature: number): number {
  return feature >> familyBits;
}

/** The family of a packed feature. */
export function familyOf(feature: number): number {
  return feature & familyMask;
}

/** The features of the readings of a text. */
export function bagOf(readings: readonly Reading[]): Bag {
  return readings.map(({ disguise, text }) => {
    const features: number[] = [];
    const ends: number[] = [];
    const sink: FeatureSink = {
      feature(bucket, family) {
        features.push((bucket << familyBits) | family);
      },
      endPiece() {
        ends.push(features.length);
      },
    };
    const words = wordsOf(text);
    readFeatures({ text, words, concepts: conceptsOf(words) }, sink);
    return { isDisguised: disguise !== 'none', features: Int32Array.from(features), ends: Int32Array.from(ends) };
  });
}

/** What the weights say of each piece of a reading. */
export function sumPieces(
  { features, ends }: BagReading,
  weights: Float32Array,
  familyValues: readonly number[],
): PieceSums {
  const sums = new Float64Array(ends.length);
  const squares = new Float64Array(ends.length);
  let place = 0;
  for (let piece = 0; piece < ends.length; piece += 1) {
    let sum = 0;
    let square = 0;
    for (const end = ends[piece] ?? 0; place < end; place += 1) {
      const feature = features[place] ?? 0;
      const value = familyValues[familyOf(feature)] ?? 0;
      sum += value * (weights[bucketOf(feature)] ?? 0);
      square += value * value;
    }
    sums[piece] = sum;
    squares[piece] = square;
  }
  return { sums, squares };
}
