import type { CustomPattern, GuardrailRuleset } from '@todo-chatbot/contracts';
import type { Layer } from '../layer.ts';
import { markedReadingsOf } from './markedText.ts';
import { compilePhrase, type Phrase } from './phrase.ts';

interface CompiledPattern {
  readonly pattern: CustomPattern;
  readonly phrase: Phrase;
}

/** A ruleset lives as long as it is in force; its phrases are compiled once. */
const compiled = new WeakMap<GuardrailRuleset, readonly CompiledPattern[]>();

function patternsOf(ruleset: GuardrailRuleset): readonly CompiledPattern[] {
  const known = compiled.get(ruleset);
  if (known !== undefined) return known;
  const patterns = ruleset.customPatterns
    .map((pattern) => ({ pattern, phrase: compilePhrase(pattern.phrase) }))
    .toSorted((a, b) => rank(a.pattern) - rank(b.pattern));
  compiled.set(ruleset, patterns);
  return patterns;
}

/** Those that block come first: the first that is found is the finding. */
function rank({ action }: CustomPattern): number {
  return action === 'block' ? 0 : 1;
}

/** Finds the phrases of the editors in whatever disguise; the reason is the name of the pattern. */
export const customLayer: Layer = {
  name: 'custom',
  directions: ['input', 'document'],
  judge(subject) {
    const { ruleset, direction } = subject;
    const patterns = patternsOf(ruleset);
    if (patterns.length === 0 || direction === 'output') return null;
    const texts = markedReadingsOf(subject).map(({ words }) => ({
      words,
      known: new Set(words.map(({ text }) => text)),
    }));
    const found = patterns.find(({ phrase }) =>
      texts.some(({ words, known }) => phrase.needs.every((word) => known.has(word)) && phrase.isIn(words)),
    );
    if (found === undefined) return null;
    const { name, action } = found.pattern;
    return { reason: name, score: action === 'block' ? 1 : ruleset[direction].warn };
  },
};
