import type { Finding, Layer } from '../layer.ts';
import { latinLookAlike } from './confusables.ts';

/** A flag such as 🏴󠁧󠁢󠁥󠁮󠁧󠁿 is spelled in tag characters behind a black flag; that is their one good use. */
const flagSequence = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{2,6}\u{e007f}/gu;
const tagCharacter = /[\u{e0000}-\u{e007f}]/u;
/** Overrides and isolates, which turn text around. The plain marks for right-to-left languages are not among them. */
const directionControl = /[\u202a-\u202e\u2066-\u2069]/;
/** Not the C1 set: wrongly decoded names of people and places are full of it. */
const controlCharacter = /[\p{Cc}--[\t\n\r\u0080-\u009f]]/v;
const loneSurrogate = /[\ud800-\udfff]/u;
/** Zero-width and filler characters; joiners count only between letters of scripts that do not need them. */
const hidden =
  /\u034f|\u17b4|\u17b5|[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]|(?<=[a-z])[\u200c\u200d]|[\u200c\u200d](?=[a-z])/giu;
/** One or two come along when text is copied from a web page. */
const hiddenAllowed = 3;
/** A variation selector follows one character; more in a row carry bytes. */
const selectorRun = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2}/u;
/** No language stacks so many marks on one letter. */
const markPile = /\p{Mn}{5}/u;
/** Words with letters of two scripts: one may be a brand or a formula. */
const mixedAllowed = 1;

const checks: readonly ((text: string) => Finding | null)[] = [
  (text) => findingIf(loneSurrogate.test(text), 'malformed-text', 0.9),
  (text) => findingIf(tagCharacter.test(text.replace(flagSequence, '')), 'tag-characters', 1),
  (text) => findingIf(directionControl.test(text), 'bidirectional-override', 0.9),
  (text) => findingIf(controlCharacter.test(text), 'control-characters', 0.8),
  (text) => findingIf(selectorRun.test(text), 'variation-selectors', 0.9),
  (text) => findingIf((text.match(hidden)?.length ?? 0) > hiddenAllowed, 'hidden-characters', 0.8),
  (text) => findingIf(markPile.test(text), 'combining-marks', 0.7),
  (text) => findingIf(countMixedWords(text) > mixedAllowed, 'mixed-scripts', 0.7),
];

/** Blocks text that shows something else than it says. Look-alikes that are left are read as Latin by the pattern layer. */
export const unicodeLayer: Layer = {
  name: 'unicode',
  directions: ['input', 'document'],
  judge: ({ text }) => {
    for (const check of checks) {
      const finding = check(text);
      if (finding) return finding;
    }
    return null;
  },
};

function findingIf(isFinding: boolean, reason: string, score: number): Finding | null {
  return isFinding ? { reason, score } : null;
}

/** Words of three letters and more that mix Latin letters with Cyrillic or Greek ones that look like Latin. */
function countMixedWords(text: string): number {
  let count = 0;
  for (const [word] of text.matchAll(/\p{L}{3,40}/gu)) {
    if (!/\p{Script=Latin}/u.test(word)) continue;
    const others = word.toLowerCase().match(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu) ?? [];
    if (others.some((letter) => latinLookAlike(letter) !== undefined)) count += 1;
  }
  return count;
}
