import type { GuardrailDirection } from '@todo-chatbot/contracts';
import type { Finding, Layer } from '../layer.ts';
import { type MarkedText, markedReadingsOf } from './markedText.ts';
import { compileRule } from './rule.ts';
import { rules } from './rules.ts';
import { structuralFinding } from './structural.ts';

/** Gravest first: the first that is said is the finding. */
const compiled = rules.toSorted((a, b) => b.score - a.score).map((rule) => ({ rule, isSaid: compileRule(rule) }));

/** The gravest rule that the reading breaks, by its words. */
function ruleFinding(marked: MarkedText, direction: GuardrailDirection): Finding | null {
  const found = compiled.find(
    ({ rule, isSaid }) => (direction === 'document' || rule.isDocumentOnly !== true) && isSaid(marked),
  );
  return found === undefined ? null : { reason: found.rule.reason, score: found.rule.score };
}

/** Blocks the known ways of taking an assistant out of its role, whatever letters, spelling or encoding they come in. */
export const patternLayer: Layer = {
  name: 'pattern',
  directions: ['input', 'document'],
  judge(subject) {
    let gravest: Finding | null = null;
    for (const marked of markedReadingsOf(subject)) {
      for (const finding of [structuralFinding(marked.text), ruleFinding(marked, subject.direction)]) {
        if (finding !== null && finding.score > (gravest?.score ?? 0)) gravest = finding;
      }
    }
    return gravest;
  },
};
