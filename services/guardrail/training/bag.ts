import { type FeatureSink, readFeatures } from '../src/domain/classifier/features.ts';
import type { PieceSums } from '../src/domain/classifier/windows.ts';
import { conceptsOf } from '../src/domain/lexicon/concepts.ts';
import { wordsOf } from '../src/domain/reading/words.ts';

/** A reading of a text as features, piece by piece. A feature is its bucket times eight plus its family. */
export interface BagReading {
  readonly features: Int32Array;
  /** Where each piece ends in `features`. */
  readonly ends: Int32Array;
}

/** All readings of a text. */
export type Bag = readonly BagReading[];

/** Bits of a packed feature that are its family. */
export const familyBits = 3;

/** The features of the readings of a text. */
export function bagOf(readings: readonly string[]): Bag {
  return readings.map((text) => {
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
    return { features: Int32Array.from(features), ends: Int32Array.from(ends) };
  });
}

/** What the weights say of each piece of a reading. */
export function sumPieces(reading: BagReading, weights: Float32Array, familyValues: readonly number[]): PieceSums {
  const { features, ends } = reading;
  const count = ends.length;
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  let place = 0;
  for (let piece = 0; piece < count; piece += 1) {
    let sum = 0;
    let square = 0;
    for (const end = ends[piece] ?? 0; place < end; place += 1) {
      const feature = features[place] ?? 0;
      const value = familyValues[feature & 7] ?? 0;
      sum += value * (weights[feature >> familyBits] ?? 0);
      square += value * value;
    }
    sums[piece] = sum;
    squares[piece] = square;
  }
  return { sums, squares };
}
