import { internalLayer } from './internal.ts';
import type { Direction, Layer, LayerName } from './layer.ts';
import { leakLayer } from './leak.ts';
import { lengthLayer } from './length.ts';
import { patternLayer } from './pattern.ts';
import { secretLayer } from './secret.ts';
import { unicodeLayer } from './unicode.ts';

/** Changes with every change of what is blocked, so that a decision tells by which rules it was made. */
export const ruleVersion = '2026-11-22.1';

/** The walls in the order in which they judge; the first that objects decides. */
export const layers: readonly Layer[] = [
  lengthLayer,
  unicodeLayer,
  patternLayer,
  leakLayer,
  secretLayer,
  internalLayer,
];

/** What the layers say together. */
export interface Verdict {
  readonly verdict: 'allow' | 'block';
  readonly layer: LayerName | null;
  readonly reason: string | null;
  /** 0 (harmless) to 1 (attack). */
  readonly score: number;
  readonly ruleVersion: string;
}

/** Judges a text by every layer of its direction. Pure. */
export function judge({ text, direction }: { text: string; direction: Direction }): Verdict {
  for (const layer of layers) {
    const offence = layer.directions.includes(direction) ? layer.judge(text) : null;
    if (offence) return { verdict: 'block', layer: layer.name, ...offence, ruleVersion };
  }
  return { verdict: 'allow', layer: null, reason: null, score: 0, ruleVersion };
}
