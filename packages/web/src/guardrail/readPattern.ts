import { type CustomPattern, customPatternSchema } from '@todo-chatbot/contracts';

/** What is wrong with the fields of a phrase, in words. */
export type PatternFaults = Readonly<Partial<Record<keyof CustomPattern, string>>>;

/** What each field must be, in words. */
const demands: Readonly<Record<keyof CustomPattern, string>> = {
  name: 'Use 2 to 50 lower-case letters, digits and hyphens, a letter first.',
  phrase: 'Use 3 to 200 characters.',
  action: 'Choose one of the two.',
};
const noWordText = 'Use at least one word.';
const takenText = 'Another phrase has this name.';

/** The phrase that a filled-in form describes, or what is wrong with it. `taken`: names of the other phrases. */
export function readPattern(
  text: (name: keyof CustomPattern) => string,
  taken: readonly string[],
): { readonly pattern: CustomPattern } | { readonly faults: PatternFaults } {
  const phrase = text('phrase').trim().replaceAll(/\s+/g, ' ');
  const parsed = customPatternSchema.safeParse({ name: text('name').trim(), phrase, action: text('action') });
  if (parsed.success) {
    if (taken.includes(parsed.data.name)) return { faults: { name: takenText } };
    return /[\p{L}\p{N}]/u.test(phrase) ? { pattern: parsed.data } : { faults: { phrase: noWordText } };
  }
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]));
  return { faults: Object.fromEntries(Object.entries(demands).filter(([field]) => wrong.has(field))) };
}
