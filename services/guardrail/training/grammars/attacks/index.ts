import type { Random } from '../../random.ts';
import { type Example, expand, type Grammar } from '../grammar.ts';
import { actAsGrammars } from './actAs.ts';
import { dress } from './dress.ts';
import { extractionGrammars } from './extraction.ts';
import { frameGrammars } from './frames.ts';
import { hijackGrammars } from './hijack.ts';
import { indirectGrammars } from './indirect.ts';
import { inGoodEnglish, tidy } from './lines.ts';
import { mixedGrammars } from './mixed.ts';
import { obliqueExtractionGrammars } from './obliqueExtraction.ts';
import { overrideGrammars } from './override.ts';
import { personaGrammars } from './persona.ts';
import { secretGameGrammars } from './secretGames.ts';
import { softIndirectGrammars } from './softIndirect.ts';
import { softTakeoverGrammars } from './softTakeover.ts';
import { traceGrammars } from './traces.ts';
import { personas, samePersona } from './words/personas.ts';

/** Every family of attacks. */
export const attackGrammars: readonly Grammar[] = [
  ...overrideGrammars,
  ...hijackGrammars,
  ...extractionGrammars,
  ...personaGrammars,
  ...actAsGrammars,
  ...indirectGrammars,
  ...frameGrammars,
  ...mixedGrammars,
  ...secretGameGrammars,
  ...obliqueExtractionGrammars,
  ...softTakeoverGrammars,
  ...softIndirectGrammars,
  ...traceGrammars,
];

/** Texts for each template, by language: English is what most attacks are written in, German what the first model missed most. */
const textsPerTemplate: Readonly<Record<string, number>> = { en: 14, de: 12, mul: 5 };
const textsPerOtherTemplate = 6;

/** No example is longer, in UTF-16 units: half of what the guard looks at, which leaves room for what training puts around it. */
export const exampleLengthLimit = 4000;

/** All our own attacks for training, each text once. */
export function attackExamples(random: Random): Example[] {
  const examples = new Map<string, Example>();
  for (const grammar of attackGrammars) {
    const count = grammar.templates.length * (textsPerTemplate[grammar.language] ?? textsPerOtherTemplate);
    for (const example of expand(grammar, 1, { count, random })) {
      const text = finish(example, random);
      const key = text.toLowerCase();
      if (text.length <= exampleLengthLimit && !examples.has(key)) examples.set(key, { ...example, text });
    }
  }
  return [...examples.values()];
}

function finish({ text, language }: Example, random: Random): string {
  const named = tidy(text).replaceAll(samePersona, random.pick(personas));
  return dress(language === 'en' ? inGoodEnglish(named) : named, random);
}
