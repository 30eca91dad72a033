import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A labelled text for training. */
export interface Sample {
  readonly text: string;
  /** 1 attack, 0 harmless. */
  readonly label: 0 | 1;
  /** Data set, or the grammar. */
  readonly source: string;
  /** Kind of attack, or genre of harmless text. */
  readonly kind: string;
  readonly isHeldOut: boolean;
}

const rowSchema = z.object({
  text: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  source: z.string(),
  kind: z.string(),
  split: z.enum(['train', 'valid']),
});

/** The labelled texts of a gzipped file of JSON lines. */
export function readCorpus(file: string): Sample[] {
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { split, ...row } = rowSchema.parse(JSON.parse(line));
      return { ...row, isHeldOut: split === 'valid' };
    });
}
