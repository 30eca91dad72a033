import { bucketCount } from '../src/domain/classifier/features.ts';
import { strongestWindow, wholeOf } from '../src/domain/classifier/windows.ts';
import { type Bag, type BagReading, familyBits, sumPieces } from './bag.ts';
import type { Random } from './random.ts';

/** A text to learn from. */
export interface Lesson {
  readonly bag: Bag;
  readonly label: 0 | 1;
  /** How much it counts. */
  readonly weight: number;
}

/** What training is told. */
export interface Recipe {
  readonly epochs: number;
  /** Step size of the learner. */
  readonly rate: number;
  /** Weights whose evidence stays below are zero: fewer, and fewer chance hits. */
  readonly sparsity: number;
  /** Pull towards zero. */
  readonly ridge: number;
  readonly familyValues: readonly number[];
  /** Share of the whole text's logit in the joined one. */
  readonly wholeShare: number;
}

/** Weights by bucket, and what is added to them. */
export interface Linear {
  readonly weights: Float32Array;
  readonly bias: number;
}

/**
 * Logistic regression by FTRL-Proximal (McMahan et al., KDD 2013). A text counts as its strongest window in its strongest reading, as it
 * does in service: an attack document teaches its attack, not its surroundings, and a harmless document what comes closest to an attack.
 */
export function fit(lessons: readonly Lesson[], recipe: Recipe, random: Random): Linear {
  const { epochs, rate, sparsity, ridge, familyValues, wholeShare } = recipe;
  const weights = new Float32Array(bucketCount);
  const pulls = new Float32Array(bucketCount);
  const squares = new Float32Array(bucketCount);
  let bias = -1;
  let biasSquares = 1;

  function update(reading: BagReading, first: number, end: number, gradient: number): void {
    const { features, ends } = reading;
    const from = first === 0 ? 0 : (ends[first - 1] ?? 0);
    const to = ends[end - 1] ?? 0;
    let square = 0;
    for (let place = from; place < to; place += 1) {
      const value = familyValues[(features[place] ?? 0) & 7] ?? 0;
      square += value * value;
    }
    const unit = gradient / Math.sqrt(square);
    for (let place = from; place < to; place += 1) {
      const feature = features[place] ?? 0;
      const step = unit * (familyValues[feature & 7] ?? 0);
      if (step === 0) continue;
      const bucket = feature >> familyBits;
      const before = squares[bucket] ?? 0;
      const after = before + step * step;
      const weight = weights[bucket] ?? 0;
      const pull = (pulls[bucket] ?? 0) + step - ((Math.sqrt(after) - Math.sqrt(before)) / rate) * weight;
      pulls[bucket] = pull;
      squares[bucket] = after;
      weights[bucket] =
        Math.abs(pull) <= sparsity
          ? 0
          : -(pull - Math.sign(pull) * sparsity) / ((1 + Math.sqrt(after)) / rate + ridge);
    }
    biasSquares += gradient * gradient;
    bias -= (0.1 * gradient) / Math.sqrt(biasSquares);
  }

  const order = lessons.map((_, index) => index);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let index = order.length - 1; index > 0; index -= 1) {
      const other = random.below(index + 1);
      const kept = order[index] ?? 0;
      order[index] = order[other] ?? 0;
      order[other] = kept;
    }
    for (const index of order) {
      const lesson = lessons[index];
      if (lesson === undefined) continue;
      // A document cannot tell yet which of its windows is the attack.
      if (epoch === 0 && lesson.label === 1 && (lesson.bag[0]?.ends.length ?? 0) > 4) continue;
      let best: { reading: BagReading; first: number; end: number; logit: number; count: number } | null = null;
      for (const reading of lesson.bag) {
        const sums = sumPieces(reading, weights, familyValues);
        const window = strongestWindow(sums, bias);
        if (best === null || window.logit > best.logit) best = { reading, ...window, count: sums.sums.length };
      }
      if (best === null || best.end === 0) continue;
      const gradient = lesson.weight * (1 / (1 + Math.exp(-best.logit)) - lesson.label);
      update(best.reading, best.first, best.end, gradient);
      if (wholeShare > 0 && best.count > 3) {
        const whole = wholeOf(sumPieces(best.reading, weights, familyValues), bias);
        const wholeGradient = lesson.weight * wholeShare * (1 / (1 + Math.exp(-whole.logit)) - lesson.label);
        update(best.reading, 0, best.count, wholeGradient);
      }
    }
  }
  return { weights, bias };
}
