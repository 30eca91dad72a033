import { createHash } from 'node:crypto';
import { byteOf, largestByte, type ModelHeader, weightOf } from '../src/domain/classifier/model.ts';
import { augment } from './augment.ts';
import type { BagOf } from './bag.ts';
import { operatingPoint, type ScoredSample } from './calibration.ts';
import type { Sample } from './corpus.ts';
import { genreClassOf, genreOf } from './genres.ts';
import { lessonsOf } from './lessons.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';
import { fit, type Linear, logitOf } from './regression.ts';

/** A trained model, ready to be written. */
export interface Trained {
  readonly header: ModelHeader;
  readonly weights: Int8Array;
}

const tenths = 10;
/** Pages that are joined of held-out texts, for calibrating. */
const calibrationPages = 600;
const onlyPages = { slipShare: 0, disguiseShare: 0, buriedAttacks: 0, framedTexts: 0 } as const;

/** Learns from the samples that are not held out, and calibrates on those that are. The same samples and recipe give the same bytes. */
export function trainModel(samples: readonly Sample[], recipe: Recipe, bagOf: BagOf): Trained {
  const linear = rounded(learn(samples, recipe, bagOf));
  const scored = scoreHarmless(samples, { linear, recipe, bagOf });
  const operatingPoints = operatingPointsOf(scored, recipe);
  const everyday = scored.filter(({ genreClass }) => genreClass === 'chat');
  const unnamed: Omit<ModelHeader, 'version'> = {
    trainingData: dataHash(samples, recipe),
    familyValues: [...recipe.familyValues],
    bias: linear.bias,
    weightUnit: linear.unit,
    wholeShare: recipe.wholeShare,
    disguiseWeight: recipe.disguiseWeight,
    operatingPoints,
    slope: recipe.slope,
    referenceScores: histogram(everyday, (logit) => 1 / (1 + Math.exp(recipe.slope * (operatingPoints.input - logit)))),
  };
  const hash = createHash('sha256').update(JSON.stringify(unnamed)).update(linear.bytes).digest('hex');
  return { header: { version: `m-${hash.slice(0, 12)}`, ...unnamed }, weights: linear.bytes };
}

/** The logits from which on messages and documents are blocked, by what that costs in false alarms. */
export function operatingPointsOf(scored: readonly ScoredSample[], recipe: Recipe): ModelHeader['operatingPoints'] {
  return {
    input: operatingPoint(scored, recipe.inputBounds) + recipe.inputMargin,
    document: operatingPoint(scored, recipe.documentBounds),
  };
}

/** What the weights say of the harmless texts that were held out, and of pages made of them. */
export function scoreHarmless(
  samples: readonly Sample[],
  { linear, recipe, bagOf }: { linear: Linear; recipe: Recipe; bagOf: BagOf },
): ScoredSample[] {
  const heldOut = samples.filter(({ isHeldOut }) => isHeldOut);
  const pages = augment(
    heldOut,
    { ...onlyPages, joinedDocuments: calibrationPages, structuredTexts: calibrationPages },
    createRandom(recipe.seed + 1),
  );
  return [...heldOut, ...pages]
    .filter(({ label }) => label === 0)
    .map((sample) => ({
      genre: genreOf(sample),
      genreClass: genreClassOf(sample),
      logit: logitOf(bagOf(sample.text), linear, recipe),
    }));
}

/** The weights that the samples that are not held out teach, with everything that is made of them. */
export function learn(samples: readonly Sample[], recipe: Recipe, bagOf: BagOf): Linear {
  const known = samples.filter(({ isHeldOut }) => !isHeldOut);
  const made = augment(known, recipe.augmentation, createRandom(recipe.seed));
  return fit(lessonsOf([...known, ...made], recipe, bagOf), recipe, createRandom(recipe.seed));
}

/** The weights as bytes, and what they are then. */
function rounded({ weights, bias }: Linear): Linear & { readonly bytes: Int8Array; readonly unit: number } {
  const largest = weights.reduce((highest, weight) => Math.max(highest, Math.abs(weight)), 0);
  const unit = (largest === 0 ? 1 : largest) / largestByte ** 2;
  const bytes = Int8Array.from(weights, (weight) => byteOf(weight, unit));
  return { weights: Float32Array.from(bytes, (byte) => weightOf(byte, unit)), bias, bytes, unit };
}

function dataHash(samples: readonly Sample[], recipe: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  for (const { text, label, isHeldOut } of samples) hash.update(JSON.stringify([text, label, isHeldOut]));
  return hash.digest('hex');
}

function histogram(scored: readonly ScoredSample[], scoreOf: (logit: number) => number): number[] {
  const counts = new Array<number>(tenths).fill(0);
  for (const { logit } of scored) {
    const tenth = Math.min(tenths - 1, Math.floor(scoreOf(logit) * tenths));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts.map((count) => Math.round((1e4 * count) / Math.max(1, scored.length)) / 1e4);
}
