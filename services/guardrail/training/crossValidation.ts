import type { BagOf } from './bag.ts';
import type { Sample } from './corpus.ts';
import type { Recipe } from './recipe.ts';
import { logitOf } from './regression.ts';
import { learn, operatingPointsOf, scoreHarmless } from './trainModel.ts';

/** How many texts of a group are flagged by a model that never saw the group. */
export interface LeftOut {
  readonly group: string;
  readonly label: 0 | 1;
  readonly texts: number;
  readonly flagged: number;
}

/** Models that are trained; each leaves out a part of all groups. */
const foldCount = 5;
/** The largest source of attacks is a collection; its kinds are groups of their own. */
const collection = 'neuralchemy/Prompt-injection-dataset';
const grammarSource = 'grammar';

/** What is left out together: all texts of a source, or a kind of attack of the collection. */
function groupOf({ label, source, kind }: Sample): string {
  return label === 1 && source === collection ? `${collection} ${kind}` : source;
}

/**
 * Trains and calibrates anew without some of the sources (our grammars always stay), and judges what was left out, at the operating point that
 * the rest gives: what to expect of texts from elsewhere.
 */
export function crossValidate(samples: readonly Sample[], recipe: Recipe, bagOf: BagOf): LeftOut[] {
  const byGroup = Map.groupBy(
    samples.filter(({ source }) => source !== grammarSource),
    (sample) => `${sample.label} ${groupOf(sample)}`,
  );
  const groups = [...byGroup].toSorted(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1));
  const foldOf = new Map(groups.map(([name], index) => [name, index % foldCount]));
  return Array.from({ length: foldCount }, (_, fold) => {
    const rest = samples.filter((sample) => foldOf.get(`${sample.label} ${groupOf(sample)}`) !== fold);
    const linear = learn(rest, recipe, bagOf);
    const point = operatingPointsOf(scoreHarmless(rest, { linear, recipe, bagOf }), recipe).input;
    return groups.flatMap(([name, texts]): LeftOut[] => {
      const [sample] = texts;
      if (sample === undefined || foldOf.get(name) !== fold) return [];
      const flagged = texts.filter(({ text }) => logitOf(bagOf(text), linear, recipe) > point).length;
      return [{ group: groupOf(sample), label: sample.label, texts: texts.length, flagged }];
    });
  }).flat();
}
