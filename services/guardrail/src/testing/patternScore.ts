import { defaultGuardrailRuleset, type GuardrailDirection } from '@todo-chatbot/contracts';
import { type Finding, subjectOf } from '../domain/layer.ts';
import { fold } from '../domain/reading/fold.ts';
import { patternLayer } from '../domain/rules/pattern.ts';

/** What the rules say of a text as it stands, without undoing disguises. */
export function patternFinding(text: string, direction: GuardrailDirection = 'input'): Finding | null {
  const subject = { text, direction, ruleset: defaultGuardrailRuleset, context: { instructions: null, known: [] } };
  return patternLayer.judge(subjectOf(subject, () => [{ disguise: 'none', text: fold(text) }]));
}

/** The score of that, 0 for nothing. */
export function patternScore(text: string, direction: GuardrailDirection = 'input'): number {
  return patternFinding(text, direction)?.score ?? 0;
}
