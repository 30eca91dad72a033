import type { Read } from '../src/domain/layer.ts';
import { bagOf } from './bag.ts';
import type { Sample } from './corpus.ts';
import type { Recipe } from './recipe.ts';
import type { Lesson } from './regression.ts';

/** The samples as they are learned: a source, or a kind of its attacks, with many texts counts less for each of them. */
export function lessonsOf(samples: readonly Sample[], recipe: Recipe, read: Read): Lesson[] {
  const groupOf = ({ label, source, kind }: Sample) => `${label} ${source} ${kind}`;
  const sizes = new Map<string, number>();
  for (const sample of samples) sizes.set(groupOf(sample), (sizes.get(groupOf(sample)) ?? 0) + 1);
  return samples.map((sample) => {
    const { text, label, kind } = sample;
    const groupWeight = Math.min(1, Math.sqrt(recipe.fullWeightTexts / (sizes.get(groupOf(sample)) ?? 1)));
    const labelWeight = label === 1 ? recipe.attackWeight * (recipe.kindWeights[kind] ?? 1) : 1;
    return { bag: bagOf(read(text)), label, weight: groupWeight * labelWeight };
  });
}
