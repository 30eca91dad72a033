import { perSubject, type Subject } from '../layer.ts';
import type { Model } from './model.ts';

/** How much a subject looks like an attack to a model, 0 to 1. */
export type LearnedScore = (subject: Subject) => number;

/** What the model says of a subject, in whatever it may be read as; made once for the layers that ask. */
export function createLearnedScore(model: Pick<Model, 'score'>): LearnedScore {
  return perSubject(({ readings, direction }) =>
    model.score(readings(), direction === 'document' ? direction : 'input'),
  );
}
