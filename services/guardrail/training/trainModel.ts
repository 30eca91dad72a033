import { createHash } from 'node:crypto';
import type { ModelHeader } from '../src/domain/classifier/model.ts';
import type { Read } from '../src/domain/layer.ts';
import { augment } from './augment.ts';
import { bagOf } from './bag.ts';
import { type Bound, operatingPoint, type ScoredSample } from './calibration.ts';
import type { Sample } from './corpus.ts';
import { type GenreClass, genreClassOf, genreOf } from './genres.ts';
import { lessonsOf } from './lessons.ts';
import { createRandom } from './random.ts';
import type { Recipe } from './recipe.ts';
import { fit, type Linear, logitOf } from './regression.ts';

/** A trained model, ready to be written. */
export interface Trained {
  readonly header: ModelHeader;
  readonly weights: Int8Array;
}

/** Share of held-out harmless texts of a class that may be flagged, the mean of its genres. */
export type FalseAlarmBounds = Readonly<Partial<Record<GenreClass, number>>>;

/** A weight's byte reaches this share of the largest weights; the few above are cut, so that the many small ones keep their grain. */
const coveredWeights = 0.9995;
const largestByte = 127;
const tenths = 10;

/** Learns from the samples that are not held out, and calibrates on those that are. The same samples and recipe give the same bytes. */
export function trainModel(samples: readonly Sample[], recipe: Recipe, read: Read): Trained {
  const linear = rounded(learn(samples, recipe, read));
  const random = createRandom(recipe.seed + 1);
  const heldOut = samples.filter(({ isHeldOut }) => isHeldOut);
  const pages = augment(heldOut, { slipShare: 0, disguiseShare: 0, joinedDocuments: 300, buriedAttacks: 0 }, random);
  const harmless = [...heldOut, ...pages].filter(({ label }) => label === 0);
  const scored = harmless.map((sample) => ({
    sample,
    genre: genreOf(sample),
    logit: logitOf(bagOf(read(sample.text)), linear, recipe),
  }));
  const boundsOf = (bounds: FalseAlarmBounds): Bound[] =>
    Object.entries(bounds).map(([name, share]) => ({
      share,
      genres: [...new Set(scored.filter(({ sample }) => genreClassOf(sample) === name).map(({ genre }) => genre))],
    }));
  const operatingPoints = {
    input: operatingPoint(scored, boundsOf(recipe.inputBounds)),
    document: operatingPoint(scored, boundsOf(recipe.documentBounds)),
  };
  const everyday = scored.filter(({ sample }) => genreClassOf(sample) === 'chat');
  const header: ModelHeader = {
    version: `m-${createHash('sha256').update(linear.bytes).digest('hex').slice(0, 12)}`,
    trainingData: dataHash(samples, recipe),
    familyValues: [...recipe.familyValues],
    bias: linear.bias,
    weightUnit: linear.unit,
    wholeShare: recipe.wholeShare,
    readingMargin: recipe.readingMargin,
    operatingPoints,
    slope: recipe.slope,
    referenceScores: histogram(everyday, (logit) => 1 / (1 + Math.exp(recipe.slope * (operatingPoints.input - logit)))),
  };
  return { header, weights: linear.bytes };
}

/** The weights that the samples that are not held out teach, with everything that is made of them. */
export function learn(samples: readonly Sample[], recipe: Recipe, read: Read): Linear {
  const known = samples.filter(({ isHeldOut }) => !isHeldOut);
  const made = augment(known, recipe.augmentation, createRandom(recipe.seed));
  return fit(lessonsOf([...known, ...made], recipe, read), recipe, createRandom(recipe.seed));
}

/** The weights in steps of a byte, and what they are then. */
function rounded({ weights, bias }: Linear): Linear & { readonly bytes: Int8Array; readonly unit: number } {
  const sizes = weights
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  const largest = sizes[Math.floor(sizes.length * coveredWeights)] ?? 1;
  const unit = largest / largestByte;
  const bytes = Int8Array.from(weights, (weight) =>
    Math.max(-largestByte, Math.min(largestByte, Math.round(weight / unit))),
  );
  return { weights: Float32Array.from(bytes, (byte) => byte * unit), bias, bytes, unit };
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
