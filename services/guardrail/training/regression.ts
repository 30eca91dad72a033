import { bucketCount } from '../src/domain/classifier/features.ts';
import { joinedLogit, spread, strongestWindow, type Window, wholeOf } from '../src/domain/classifier/windows.ts';
import { type Bag, type BagReading, bucketOf, familyOf, sumPieces } from './bag.ts';
import type { Random } from './random.ts';
import type { Recipe } from './recipe.ts';

/** A text to learn from. */
export interface Lesson {
  readonly bag: Bag;
  readonly label: 0 | 1;
  /** How much it counts. */
  readonly weight: number;
}

/** Weights by bucket, and what is added to their sum. */
export interface Linear {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** What is known of a weight: the pull of the evidence, and how much there was of it. */
interface Evidence {
  readonly weights: Float32Array;
  readonly pulls: Float32Array;
  readonly squares: Float32Array;
}

/** In the first epoch an attack with more pieces is left out: nothing tells yet which of its windows is the attack. */
const firstEpochPieces = 4;
/** Step size of the bias. */
const biasRate = 0.1;
/** Most texts are harmless. */
const firstBias = -1;

/**
 * Logistic regression by FTRL-Proximal (McMahan et al., KDD 2013). A text counts as its strongest window in its strongest reading, as it
 * does in service: an attack in a document teaches the attack and not its surroundings, and a harmless document what in it comes closest to
 * an attack.
 */
export function fit(lessons: readonly Lesson[], recipe: Recipe, random: Random): Linear {
  const evidence: Evidence = {
    weights: new Float32Array(bucketCount),
    pulls: new Float32Array(bucketCount),
    squares: new Float32Array(bucketCount),
  };
  const { weights } = evidence;
  let bias = firstBias;
  let biasSquares = 1;

  function learn(reading: BagReading, window: Window, { label, weight }: { label: 0 | 1; weight: number }): void {
    const gradient = weight * (1 / (1 + Math.exp(-window.logit)) - label);
    update(evidence, { reading, window, gradient, recipe });
    biasSquares += gradient * gradient;
    bias -= (biasRate * gradient) / Math.sqrt(biasSquares);
  }

  const order = lessons.slice();
  for (let epoch = 0; epoch < recipe.epochs; epoch += 1) {
    shuffle(order, random);
    for (const { bag, label, weight } of order) {
      if (epoch === 0 && label === 1 && (bag[0]?.ends.length ?? 0) > firstEpochPieces) continue;
      let best: { reading: BagReading; window: Window } | null = null;
      for (const reading of bag) {
        const window = strongestWindow(sumPieces(reading, weights, recipe.familyValues), bias);
        if (best === null || window.logit > best.window.logit) best = { reading, window };
      }
      if (best === null || best.window.end === 0) continue;
      const { reading, window } = best;
      learn(reading, window, { label, weight });
      if (window.end - window.first === reading.ends.length) continue;
      const whole = wholeOf(sumPieces(reading, weights, recipe.familyValues), bias);
      learn(reading, whole, { label, weight: weight * recipe.wholeWeight });
    }
  }
  return { weights, bias };
}

/** Moves the weights of a window's features against the gradient. */
function update(
  { weights, pulls, squares }: Evidence,
  step: {
    readonly reading: BagReading;
    readonly window: Window;
    readonly gradient: number;
    readonly recipe: Pick<Recipe, 'rate' | 'sparsity' | 'ridge' | 'familyValues'>;
  },
): void {
  const { rate, sparsity, ridge, familyValues } = step.recipe;
  const { features, ends } = step.reading;
  const from = step.window.first === 0 ? 0 : (ends[step.window.first - 1] ?? 0);
  const to = ends[step.window.end - 1] ?? 0;
  let length = 0;
  for (let place = from; place < to; place += 1) length += (familyValues[familyOf(features[place] ?? 0)] ?? 0) ** 2;
  const unit = step.gradient / Math.sqrt(length * spread(step.window.end - step.window.first));
  for (let place = from; place < to; place += 1) {
    const feature = features[place] ?? 0;
    const bucket = bucketOf(feature);
    const gradient = unit * (familyValues[familyOf(feature)] ?? 0);
    const before = squares[bucket] ?? 0;
    const after = before + gradient * gradient;
    const shift = (Math.sqrt(after) - Math.sqrt(before)) / rate;
    const pull = (pulls[bucket] ?? 0) + gradient - shift * (weights[bucket] ?? 0);
    pulls[bucket] = pull;
    squares[bucket] = after;
    weights[bucket] =
      Math.abs(pull) <= sparsity ? 0 : -(pull - Math.sign(pull) * sparsity) / ((1 + Math.sqrt(after)) / rate + ridge);
  }
}

function shuffle<T>(items: T[], random: Random): void {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    const [kept, moved] = [items[index], items[other]];
    if (kept === undefined || moved === undefined) continue;
    items[index] = moved;
    items[other] = kept;
  }
}

/** What the weights say of a text, joined as in service; minus infinity for one without words. */
export function logitOf(bag: Bag, { weights, bias }: Linear, recipe: Recipe): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const reading of bag) {
    const pieces = sumPieces(reading, weights, recipe.familyValues);
    const logit = joinedLogit(pieces, { bias, wholeShare: recipe.wholeShare });
    highest = Math.max(highest, logit + (reading.isDisguised ? recipe.disguiseWeight : 0));
  }
  return highest;
}
