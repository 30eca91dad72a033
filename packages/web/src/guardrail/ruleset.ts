import {
  type CustomPattern,
  type GuardrailRuleset,
  type GuardrailThresholds,
  guardrailThresholdsSchema,
} from '@todo-chatbot/contracts';
import { scoreText } from './words.ts';

/** The kinds of text that have thresholds. */
export const thresholdDirections = ['input', 'document'] as const;
export type ThresholdDirection = (typeof thresholdDirections)[number];

/** These kinds in words. */
export const thresholdTitles: Readonly<Record<ThresholdDirection, string>> = {
  input: 'Messages',
  document: 'Texts of others',
};

/** What a threshold does. */
export type ThresholdKind = keyof GuardrailThresholds;

/** The scores that an editor may choose from. */
export function boundsOf(kind: ThresholdKind): { readonly min: number; readonly max: number } {
  const { minValue, maxValue } = guardrailThresholdsSchema.shape[kind];
  return { min: minValue ?? 0, max: maxValue ?? 1 };
}

/** The thresholds with one of them moved. The other gives way: what is refused would also be warned of. */
export function withThreshold(
  thresholds: GuardrailThresholds,
  kind: ThresholdKind,
  score: number,
): GuardrailThresholds {
  return kind === 'warn'
    ? { warn: score, block: Math.max(score, thresholds.block) }
    : { warn: Math.min(score, thresholds.warn), block: score };
}

/** The ruleset with a phrase put in the place of the one with this name, or at the end. */
export function withPattern(ruleset: GuardrailRuleset, pattern: CustomPattern, replaced?: string): GuardrailRuleset {
  const { customPatterns } = ruleset;
  return {
    ...ruleset,
    customPatterns:
      replaced === undefined
        ? [...customPatterns, pattern]
        : customPatterns.map((one) => (one.name === replaced ? pattern : one)),
  };
}

/** The ruleset without the phrase of this name. */
export function withoutPattern(ruleset: GuardrailRuleset, name: string): GuardrailRuleset {
  return { ...ruleset, customPatterns: ruleset.customPatterns.filter((one) => one.name !== name) };
}

/** What differs between two rulesets, each in a sentence; nothing: they judge alike. */
export function changesBetween(from: GuardrailRuleset, to: GuardrailRuleset): readonly string[] {
  return [
    ...thresholdDirections.flatMap((direction) => thresholdChanges(direction, from, to)),
    ...patternChanges(from, to),
  ];
}

const thresholdVerbs = { warn: 'warned of', block: 'refused' } as const;

function thresholdChanges(direction: ThresholdDirection, from: GuardrailRuleset, to: GuardrailRuleset): string[] {
  return (['warn', 'block'] as const).flatMap((kind) => {
    const [before, after] = [from[direction][kind], to[direction][kind]];
    if (before === after) return [];
    return [
      `${thresholdTitles[direction]} are ${thresholdVerbs[kind]} from ${scoreText(after)}, before ${scoreText(before)}`,
    ];
  });
}

function patternChanges(from: GuardrailRuleset, to: GuardrailRuleset): string[] {
  const before = new Map(from.customPatterns.map((pattern) => [pattern.name, pattern]));
  const after = new Map(to.customPatterns.map((pattern) => [pattern.name, pattern]));
  return [
    ...to.customPatterns.flatMap((pattern) => {
      const { name, phrase, action } = pattern;
      const old = before.get(name);
      if (old === undefined) return [`Phrase “${name}” added`];
      return old.phrase === phrase && old.action === action ? [] : [`Phrase “${name}” changed`];
    }),
    ...from.customPatterns.filter(({ name }) => !after.has(name)).map(({ name }) => `Phrase “${name}” removed`),
  ];
}
