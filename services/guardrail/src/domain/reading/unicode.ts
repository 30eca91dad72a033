import type { Finding, Layer } from '../layer.ts';
import { closeLookAlikeOf } from './confusables.ts';

/** Bytes or letters written so that nobody sees them, or text that shows as another one: nobody does that by accident. */
const smuggling = 0.9;
/**
 * Odd characters that hide nothing by themselves: broken programs, copied pages and playful people make them. The readings are without
 * them, so the other layers judge what they stand around; alone they are worth a warning in every mode.
 */
const oddity = 0.3;

/** A flag such as 🏴󠁧󠁢󠁥󠁮󠁧󠁿 is spelled in tag characters behind a black flag; that is their one good use. */
const flagSequence = /\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{2,6}\u{e007f}/gu;
/** Tag characters that spell something. */
const tagText = /[\u{e0020}-\u{e007e}]{2}/u;
/**
 * An override that turns around letters which have a direction of their own. Marks, embeddings and isolates only keep pieces of another
 * direction together; phones put them around numbers and names. A further override begins anew, so that a row of them is read once.
 */
const turnedText =
  /\u202e[^\u202c\u202e\n]{0,200}?\p{Script=Latin}{2}|\u202d[^\u202c\u202d\n]{0,200}?[\p{Script=Arabic}\p{Script=Hebrew}]{2}/u;
/** Bytes in variation selectors: one follows a character, a second is a program's mistake; different ones in a row carry data. */
const selectorRun = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu;
/** Two bytes as bits of zero-width characters. */
const zeroWidthRun = /[\u200b-\u200f\u2060-\u2064\ufeff]{16,}/g;
/** Neither line and page breaks nor C1: wrongly decoded names are full of it. */
const controlCharacter = /[\p{Cc}--[\t\n\v\f\r\u0080-\u009f]]/v;
const loneSurrogate = /\p{Cs}/u;
/** A message that was cut to a length may end within an emoji. */
const cutEmoji = /[\ud800-\udbff]$/;
/** Zero-width characters within a Latin word; neither soft hyphens nor byte order marks, which copied text is full of. */
const hiddenInWord = /(?<=[a-z])[\u034f\u180e\u200b-\u200d\u2060-\u2064]+(?=[a-z])/gi;
/** One or two come along when text is copied from a web page. */
const hiddenAllowed = 3;
/** No language stacks so many accents on one letter. */
const markPile = /[\u0300-\u036f]{5}/;
/** Words with letters of two scripts: one may be a brand or a formula. */
const mixedAllowed = 1;
const onlyAscii = /^[\t\n\r -~]*$/;

const checks: readonly ((text: string) => Finding | null)[] = [
  (text) => findingIf(tagText.test(text.replace(flagSequence, '')), 'tag-characters', smuggling),
  (text) => findingIf(turnedText.test(text), 'bidirectional-override', smuggling),
  (text) => findingIf(hasVariedRun(text, selectorRun), 'variation-selectors', smuggling),
  (text) => findingIf(hasVariedRun(text, zeroWidthRun), 'hidden-bits', smuggling),
  (text) => findingIf(controlCharacter.test(text), 'control-characters', oddity),
  (text) => findingIf(loneSurrogate.test(text.replace(cutEmoji, '')), 'malformed-text', oddity),
  (text) => findingIf((text.match(hiddenInWord)?.length ?? 0) > hiddenAllowed, 'hidden-characters', oddity),
  (text) => findingIf(markPile.test(text), 'combining-marks', oddity),
  (text) => findingIf(countMixedWords(text) > mixedAllowed, 'mixed-scripts', oddity),
];

/** Blocks text that shows something else than it says, and warns of characters that nobody types. */
export const unicodeLayer: Layer = {
  name: 'unicode',
  directions: ['input', 'document'],
  judge({ text }) {
    if (onlyAscii.test(text)) return null;
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

/** Whether a run of the pattern has different characters; one repeated is a mistake and no message. */
function hasVariedRun(text: string, pattern: RegExp): boolean {
  return (text.match(pattern) ?? []).some((run) => new Set(run).size > 1);
}

/** Shorter ones are units and formulas (`μm`, `Δx`), longer ones noise. */
const mixedWord = /[A-Za-z\u0370-\u03ff\u0400-\u052f]{4,40}/g;

/** Words that mix Latin letters with Cyrillic or Greek ones that hardly anyone tells from Latin. */
function countMixedWords(text: string): number {
  let count = 0;
  for (const [word] of text.matchAll(mixedWord)) {
    if (!/[a-z]/i.test(word)) continue;
    const others = word.toLowerCase().replace(/[a-z]/g, '');
    if (others !== '' && Array.from(others).every((letter) => closeLookAlikeOf.has(letter.charCodeAt(0)))) count += 1;
  }
  return count;
}
