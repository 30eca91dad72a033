import type { GuardrailPreview, GuardrailRuleset } from '@todo-chatbot/contracts';

/** A verdict that thresholds and phrases can change. */
export type PreviewVerdict = GuardrailPreview['changes'][number]['from'];

/** Why a text was judged as it was. */
export interface Ground {
  readonly direction: 'input' | 'document';
  readonly layer: string | null;
  readonly reason: string | null;
  /** Score in hundredths, rounded down. */
  readonly hundredths: number;
}

/**
 * What a ruleset makes of a text of which only the ground is known. A phrase of the editors acts as the ruleset says, or not at all when it
 * has none of that name; all else goes by the score.
 */
export function verdictUnder(
  { direction, layer, reason, hundredths }: Ground,
  ruleset: GuardrailRuleset,
): PreviewVerdict {
  if (layer === 'custom') return ruleset.customPatterns.find(({ name }) => name === reason)?.action ?? 'allow';
  const { warn, block } = ruleset[direction];
  const score = hundredths / 100;
  if (score >= block) return 'block';
  return score >= warn ? 'warn' : 'allow';
}

/** Counts changes of verdicts; whatever stays as it is counts as well. */
export function createChangeCounter() {
  const counts = new Map<string, { from: PreviewVerdict; to: PreviewVerdict; count: number }>();
  return {
    add(from: PreviewVerdict, to: PreviewVerdict, count = 1): void {
      const key = `${from} ${to}`;
      const known = counts.get(key) ?? { from, to, count: 0 };
      counts.set(key, { ...known, count: known.count + count });
    },
    changes: (): GuardrailPreview['changes'] => [...counts.values()],
  };
}
