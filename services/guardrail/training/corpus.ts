import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { attackExamples } from './grammars/attacks/index.ts';
import { harmlessTwins } from './grammars/attacks/twins.ts';
import { harmlessExamples } from './grammars/harmless/index.ts';
import type { Random } from './random.ts';

/** A labelled text. */
export interface Sample {
  readonly text: string;
  /** 1 attack, 0 harmless. */
  readonly label: 0 | 1;
  /** Data set, or `grammar`. */
  readonly source: string;
  /** Kind of attack, or genre of harmless text. */
  readonly kind: string;
  /** For calibrating and measuring, not for learning. */
  readonly isHeldOut: boolean;
}

const rowSchema = z.object({
  text: z.string().min(1),
  label: z.union([z.literal(0), z.literal(1)]),
  // The evaluation file of reviewed texts has neither.
  source: z.string().default('reviewed'),
  kind: z.string().default('reviewed'),
  /** Anything but `train` is for calibrating and measuring. */
  split: z.string().default('train'),
});

/** Kinds whose texts are labelled attacks and are none: controls of a test suite, and questions that only lead up to something. */
const mislabelledKinds: ReadonlySet<string> = new Set(['control', 'crescendo']);

/**
 * The labelled texts of JSON lines, gzipped or not.
 * @throws z.ZodError if a line is none
 */
export function readSamples(file: string): Sample[] {
  const bytes = readFileSync(file);
  const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const lines = (isGzipped ? gunzipSync(bytes) : bytes).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const { split, ...row } = rowSchema.parse(JSON.parse(line));
    return { ...row, isHeldOut: split !== 'train' };
  });
}

/** Those that are what their label says. */
export function withoutMislabelled(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ label, kind }) => label === 0 || !mislabelledKinds.has(kind));
}

/** Texts of our own grammars, with the harmless twins of what carries attacks; a tenth, chosen by the text, is held out. */
export function grammarSamples(random: Random): Sample[] {
  return [...attackExamples(random), ...harmlessExamples(random), ...harmlessTwins(random)].map(
    ({ text, label, kind }) => ({
      text,
      label,
      source: 'grammar',
      kind,
      isHeldOut: (createHash('sha256').update(text).digest()[0] ?? 0) < 256 / 10,
    }),
  );
}
