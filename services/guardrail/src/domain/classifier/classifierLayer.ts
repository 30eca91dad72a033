import type { Layer } from '../layer.ts';
import type { Model } from './model.ts';

/** Scores a text by what was learned from attacks and harmless texts; the ruleset tells what follows from the score. */
export function createClassifierLayer(model: Model): Layer {
  return {
    name: 'classifier',
    directions: ['input', 'document'],
    judge({ readings, direction }) {
      const score = model.score(readings(), direction === 'document' ? 'document' : 'input');
      return { reason: 'learned', score };
    },
  };
}
