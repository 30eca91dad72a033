import { createHash } from 'node:crypto';
import { z } from 'zod';
import { conceptsOf } from '../lexicon/concepts.ts';
import type { Reading } from '../reading/readings.ts';
import { wordsOf } from '../reading/words.ts';
import { bucketCount, featureFamilies, readFeatures } from './features.ts';
import { joinedLogit, type PieceSums } from './windows.ts';

/** Where a text is from that the model scores. */
export type ScoredDirection = 'input' | 'document';

/** A trained classifier. */
export interface Model {
  /** `m-` and the beginning of the hash of header and weights. */
  readonly version: string;
  /** Shares of the scores of ordinary texts in each tenth from 0 to 1, as training saw them: what drift is measured against. */
  readonly referenceScores: readonly number[];
  /** How much a text looks like an attack, 0 to 1; calibrated to the default thresholds of the direction. Linear in the readings. */
  score(readings: readonly Reading[], direction: ScoredDirection): number;
}

const headerSchema = z.strictObject({
  version: z.string().min(1).max(50),
  /** SHA-256 of the data that it was trained on, in hexadecimal digits. */
  trainingData: z.string().length(64),
  /** What a feature of each family counts. */
  familyValues: z.array(z.number().min(0).max(10)).length(featureFamilies.length),
  bias: z.number(),
  /** What a byte of 1 is worth (`weightOf`). */
  weightUnit: z.number().positive(),
  /** Share of the whole text in the joined logit; the rest is the strongest window's. */
  wholeShare: z.number().min(0).max(1),
  /** What is added to the logit of a reading that undid a disguise: who hides a demand means it. */
  disguiseWeight: z.number().min(0),
  /** Logits that become the default block thresholds. */
  operatingPoints: z.strictObject({ input: z.number(), document: z.number() }),
  /** How fast the score rises with the logit. */
  slope: z.number().positive(),
  referenceScores: z.array(z.number().min(0).max(1)).length(10),
});
/** All of a model but its weights. */
export type ModelHeader = z.infer<typeof headerSchema>;

/** First bytes of a model file: name and version of the format. */
const magic = new TextEncoder().encode('TCGUARD1');
const hashBytes = 32;
const headerLimitBytes = 10_000;
/** Largest of a weight's bytes, either way. */
export const largestByte = 127;
/** Scores of these logits: the product's default block thresholds. */
const thresholdLogits = { input: 0, document: Math.log(0.35 / 0.65) } as const;

/**
 * A model as a file: magic, length of the header (four bytes, little-endian), header as JSON, a signed byte for each weight, and the SHA-256 of
 * all that.
 */
export function writeModel(header: ModelHeader, weights: Int8Array): Uint8Array {
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, headerBytes.length, true);
  const body = Buffer.concat([
    magic,
    length,
    headerBytes,
    new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
  ]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/**
 * The model of a file.
 * @throws RangeError if the file is damaged, or of another format
 */
export function loadModel(bytes: Uint8Array): Model {
  const body = bytes.subarray(0, Math.max(0, bytes.length - hashBytes));
  const isKnown = magic.every((byte, index) => bytes[index] === byte);
  if (!isKnown) throw new RangeError('the guardrail model is no model file of this version');
  const hash = createHash('sha256').update(body).digest();
  if (!hash.equals(bytes.subarray(body.length))) throw new RangeError('the guardrail model file is damaged');
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const headerLength = view.getUint32(magic.length, true);
  const weightsStart = magic.length + 4 + headerLength;
  if (headerLength > headerLimitBytes || body.length - weightsStart !== bucketCount)
    throw new RangeError('the guardrail model file is of another size');
  const header = headerSchema.parse(
    JSON.parse(new TextDecoder().decode(body.subarray(magic.length + 4, weightsStart))),
  );
  return createModel(header, new Int8Array(body.buffer, body.byteOffset + weightsStart, bucketCount));
}

/**
 * What a signed byte is worth: its square, so that the many small weights keep their grain beside the few large ones.
 * @param unit - what a byte of 1 is worth
 */
export function weightOf(byte: number, unit: number): number {
  return Math.sign(byte) * byte * byte * unit;
}

/** The byte that is worth most nearly the weight, within its range. */
export function byteOf(weight: number, unit: number): number {
  return Math.sign(weight) * Math.min(largestByte, Math.round(Math.sqrt(Math.abs(weight) / unit)));
}

/** A model of a header and weights. */
export function createModel(header: ModelHeader, weights: Int8Array): Model {
  const summed = createPieceSummer(header, weights);
  return {
    version: header.version,
    referenceScores: header.referenceScores,
    score(readings, direction) {
      let highest = Number.NEGATIVE_INFINITY;
      for (const { text, disguise } of readings) {
        const logit = joinedLogit(summed(text), header) + (disguise === 'none' ? 0 : header.disguiseWeight);
        highest = Math.max(highest, logit);
      }
      const distance = header.slope * (highest - header.operatingPoints[direction]);
      return 1 / (1 + Math.exp(-distance - thresholdLogits[direction]));
    },
  };
}

/** Sums the weights of the pieces of a reading, into the same memory each time. */
function createPieceSummer({ familyValues, weightUnit }: ModelHeader, weights: Int8Array): (text: string) => PieceSums {
  const values = Float64Array.from(familyValues);
  /** By the byte as unsigned. */
  const worths = Float64Array.from({ length: 256 }, (_, byte) => weightOf((byte << 24) >> 24, weightUnit));
  const sums: number[] = [];
  const squares: number[] = [];
  let sum = 0;
  let square = 0;
  const sink = {
    feature(bucket: number, family: number) {
      const value = values[family] ?? 0;
      sum += value * (worths[(weights[bucket] ?? 0) & 0xff] ?? 0);
      square += value * value;
    },
    endPiece() {
      sums.push(sum);
      squares.push(square);
      sum = 0;
      square = 0;
    },
  };
  return (text) => {
    sums.length = 0;
    squares.length = 0;
    const words = wordsOf(text);
    readFeatures({ text, words, concepts: conceptsOf(words) }, sink);
    return { sums, squares };
  };
}
