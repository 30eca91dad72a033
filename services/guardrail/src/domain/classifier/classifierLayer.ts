import type { Layer } from '../layer.ts';
import type { LearnedScore } from './learnedScore.ts';

/** Scores a text by what was learned from attacks and harmless texts; the ruleset tells what follows from the score. */
export function createClassifierLayer(learnedScore: LearnedScore): Layer {
  return {
    name: 'classifier',
    directions: ['input', 'document'],
    judge: (subject) => ({ reason: 'learned', score: learnedScore(subject) }),
  };
}
