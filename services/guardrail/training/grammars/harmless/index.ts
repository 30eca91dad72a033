import type { Random } from '../../random.ts';
import { type Example, expand, type Grammar } from '../grammar.ts';
import { contrastPairs } from './contrastPairs.ts';
import { todoRiskyWords } from './todoRiskyWords.ts';
import { vary } from './vary.ts';

/** Grammars of short messages, with the number of texts made of each template. */
const genres: readonly { readonly grammars: readonly Grammar[]; readonly perTemplate: number }[] = [
  { grammars: todoRiskyWords, perTemplate: 12 },
  { grammars: contrastPairs, perTemplate: 10 },
];

/** Harmless talk of every genre and language (label 0), each text once; texts differ in more than capitals. */
export function harmlessExamples(random: Random): Example[] {
  const byText = new Map<string, Example>();
  for (const { grammars, perTemplate } of genres) {
    for (const grammar of grammars) {
      for (const example of expand(grammar, 0, { count: grammar.templates.length * perTemplate, random })) {
        const text = vary(example.text, random);
        byText.set(text.toLowerCase(), { ...example, text });
      }
    }
  }
  return [...byText.values()];
}
