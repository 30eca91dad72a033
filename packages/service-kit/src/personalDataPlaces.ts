import { type PersonalDataKind, personalDataShapes } from './personalDataShapes.ts';

/** Characters around a match that a shape may look at. */
const contextLength = 2;

/**
 * Kinds of personal data and secrets that stand unmasked in the text, each once: what `maskText` would have hidden, as far as it
 * is certain. Ids, hashes, times, versions and numbers are none.
 */
export function personalDataIn(text: string): readonly PersonalDataKind[] {
  return [...new Set(personalDataPlaces(text).map(({ kind }) => kind))];
}

/** A piece of a text that is personal data or a secret, in UTF-16 code units. */
export interface PersonalDataPlace {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

/** Where what {@link personalDataIn} tells of stands, kind by kind; of the given kinds only. */
export function personalDataPlaces(text: string, kinds?: ReadonlySet<PersonalDataKind>): PersonalDataPlace[] {
  const wanted = personalDataShapes.filter(({ kind }) => kinds?.has(kind) ?? true);
  return wanted.flatMap(({ kind, pattern, isCertain }) =>
    [...text.matchAll(pattern)]
      .filter((match) => isCertain(foundIn(text, match)))
      .map(({ 0: { length }, index }) => ({ kind, start: index, end: index + length })),
  );
}

function foundIn(whole: string, { 0: text, index, ...groups }: RegExpExecArray) {
  const end = index + text.length;
  const before = whole.slice(Math.max(0, index - contextLength), index);
  return { text, groups: [groups[1], groups[2], groups[3]], before, after: whole.slice(end, end + contextLength) };
}
