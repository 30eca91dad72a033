import type { Random } from '../random.ts';

/** A text made for training, with its label (1 attack, 0 harmless). */
export interface Example {
  readonly text: string;
  readonly label: 0 | 1;
  /** Kind of attack or genre of talk, for the figures by kind. */
  readonly kind: string;
  /** BCP 47 language of most of it; `mul` for several. */
  readonly language: string;
}

/**
 * Templates of one kind and language. In a template `{name}` stands for one of the words of that slot, which may hold slots themselves,
 * and `[maybe this|or that|]` for one of the alternatives.
 */
export interface Grammar {
  readonly kind: string;
  readonly language: string;
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly templates: readonly string[];
}

/** Slots within slots are filled so deep. */
const depthLimit = 6;
/** Tries for a text that was not made yet; small grammars run dry. */
const triesPerExample = 4;

/**
 * At most `count` different texts of a grammar, its templates in turn.
 * @throws RangeError for an unknown slot, or slots that never end.
 */
export function expand(
  grammar: Grammar,
  label: 0 | 1,
  { count, random }: { count: number; random: Random },
): Example[] {
  const { kind, language, templates } = grammar;
  const texts = new Set<string>();
  for (let attempt = 0; attempt < count * triesPerExample && texts.size < count; attempt += 1) {
    const template = templates[attempt % templates.length] ?? '';
    texts.add(fill(template, grammar, random, 0).replace(/ +/g, ' ').trim());
  }
  return [...texts].map((text) => ({ text, label, kind, language }));
}

function fill(template: string, grammar: Grammar, random: Random, depth: number): string {
  if (depth > depthLimit) throw new RangeError(`slots without end in ${grammar.kind} ${grammar.language}: ${template}`);
  return template
    .replace(/\[([^[\]]*)\]/g, (_, alternatives: string) => random.pick(alternatives.split('|')))
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const words = grammar.slots[name];
      if (words === undefined) throw new RangeError(`no slot ${name} in ${grammar.kind} ${grammar.language}`);
      return fill(random.pick(words), grammar, random, depth + 1);
    });
}
