import type { Layer } from '../layer.ts';
import type { LearnedScore } from './learnedScore.ts';

/**
 * Below this score the model, which knows both attacks and harmless texts with the same words, is sure that there is no attack. Of
 * attacks that a rule finds, about one in a thousand scores less; of harmless texts that break a rule, more than eight in ten do.
 */
const sureScore = 0.05;
/** What a rule's finding counts then: it is logged, and the dialogue asks before it changes anything. */
const doubtedScore = 0.3;
/** Findings in signs rather than words, of which the model sees little. */
const signs: ReadonlySet<string> = new Set(['role-tags']);

/** The layer of rules, whose findings block only where the model does not see that they are harmless. */
export function withSecondOpinion(rules: Layer, learnedScore: LearnedScore): Layer {
  return {
    ...rules,
    judge(subject) {
      const finding = rules.judge(subject);
      if (finding === null || signs.has(finding.reason)) return finding;
      return learnedScore(subject) < sureScore ? { ...finding, score: Math.min(finding.score, doubtedScore) } : finding;
    },
  };
}
