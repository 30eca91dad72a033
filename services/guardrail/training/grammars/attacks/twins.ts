import type { Random } from '../../random.ts';
import { type Example, expand, type Grammar } from '../grammar.ts';
import { dress } from './dress.ts';
import { indirectGrammars } from './indirect.ts';
import { lines, tidy } from './lines.ts';
import { softIndirectGrammars } from './softIndirect.ts';
import { slotsOf, speeches } from './tongues.ts';
import { english } from './words/english.ts';
import { german } from './words/german.ts';

/** Slots of a document in which an order to a model stands; their names are the same in every language. */
const orderSlots = /\{(injection|toReader|act|speak|hide|annul|disclose|task|and)\}/;

/** Texts for each template. */
const textsPerTemplate = 6;

/** The documents that carry orders, with an ordinary sentence, or an order to a person, in the place of the order. */
const documentTwins: readonly Grammar[] = [...indirectGrammars, ...softIndirectGrammars]
  .filter(({ kind }) => kind === 'indirect' || kind === 'soft_indirect')
  .map(({ language, slots, templates }) => {
    const { mail = [], web = [], carrier = [], toPerson = [] } = slots;
    const ordinary = [...mail, ...web, ...carrier, ...toPerson];
    return {
      kind: 'carrier_documents',
      language,
      slots: { ...slots, injection: ordinary, toReader: ordinary },
      templates: templates.filter((template) => !orderSlots.test(template.replace(/\{(injection|toReader)\}/g, ''))),
    };
  });

/** The honest sentences that go before attacks, without the attack. */
const sentenceTwins: readonly Grammar[] = [
  { language: 'en', slots: english },
  { language: 'de', slots: german },
  ...speeches.map((speech) => ({ language: speech.language, slots: slotsOf(speech) })),
].map(({ language, slots }) => ({
  kind: 'honest_openings',
  language,
  slots,
  templates: lines`
    {honest}
    {honest} {honest}
    {honest} {honest} {honest}
  `,
}));

/**
 * The harmless halves of our attacks, each text once and all with label 0: carrier documents without the order and honest sentences
 * without what follows. A model that sees them cannot take the carrier for the attack.
 */
export function harmlessTwins(random: Random): Example[] {
  const examples = new Map<string, Example>();
  for (const grammar of [...documentTwins, ...sentenceTwins]) {
    for (const example of expand(grammar, 0, { count: grammar.templates.length * textsPerTemplate, random })) {
      const text = dress(tidy(example.text), random);
      examples.set(text.toLowerCase(), { ...example, text });
    }
  }
  return [...examples.values()];
}
