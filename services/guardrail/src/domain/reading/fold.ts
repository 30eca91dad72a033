import {
  capitalLookAlikeOf,
  closeCapitals,
  closeLookAlikeOf,
  cyrillicLookAlikeOf,
  latinVariantOf,
  lookAlikeOf,
} from './confusables.ts';

/** Characters that show nothing: format and control characters, fillers, variation selectors, and what is no character. */
const invisible =
  /[[\p{Cf}\p{Cc}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufffd\ufe00-\ufe0f\u{e0100}-\u{e01ef}]--[\t\n\v\f\r\u0085]]/gv;
/**
 * Marks that change a letter's look or sound and not its place in the word list: accents of Latin, Greek and Cyrillic, Hebrew points,
 * Arabic vowels and tatweel, the nukta. Vowel signs of Hindi and its relatives are letters.
 */
const marks =
  /(?:[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u06df-\u06e4]|[\u06e7-\u06e8\u06ea-\u06ed]|[\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]|\u0640|\u0670|\u093c)+/g;
/** Single signs that decomposition would turn into phrases of up to 18 letters. */
const phraseSigns = /[\ufdfa\ufdfb\u3300-\u3357\u33ae\u33af]/g;
/** Letters that are typed for an apostrophe. */
const apostrophes = /[\u02bc\u02b9\u055a]/g;
const spaces = /[ \t\v\f\u00a0]+/g;
const lineBreaks = /\r\n?|[\u0085\u2028\u2029]/g;
const onlyAscii = /^[\n -~]*$/;
const doubleSpace = / {2}/;

/**
 * The text as a reader takes it in: lower case, without accents and without what is not seen, styled and look-alike letters as plain
 * ones, single spaces. Punctuation, digits and line breaks stay. Text of other scripts stays itself. Linear; folding twice changes nothing.
 */
export function fold(text: string): string {
  return foldBare(bareOf(text));
}

/** The text without what is not seen, styled letters as plain ones; case, spaces and other scripts are kept. What decoders look at. */
export function bareOf(text: string): string {
  if (onlyAscii.test(text)) return text;
  const plain = text
    .toWellFormed()
    .replace(invisible, '')
    .replace(phraseSigns, ' ')
    // The acute accent alone would decompose into a space.
    .replaceAll('´', "'")
    .normalize('NFKD')
    .replace(marks, '')
    .replace(apostrophes, "'");
  let bare = '';
  for (let position = 0; position < plain.length; position += 1) {
    const unit = plain.charCodeAt(position);
    if (unit < 0x80) bare += plain.charAt(position);
    else if (unit === 0xd83c) {
      const letter = squaredLetter(plain.charCodeAt(position + 1));
      bare += letter ?? plain.slice(position, position + 2);
      position += 1;
    } else if (unit === 0xd835) {
      bare += missingLetter(plain.charCodeAt(position + 1));
      position += 1;
    } else bare += latinVariantOf.get(unit) ?? plain.charAt(position);
  }
  return bare.normalize('NFC');
}

/** The letter of a white-on-black circle or square, or of a regional indicator (by its low surrogate behind U+D83C). */
function squaredLetter(low: number): string | null {
  for (const first of [0xdd50, 0xdd70, 0xdde6]) {
    if (low >= first && low < first + 26) return String.fromCharCode(97 + low - first);
  }
  return null;
}

/**
 * The letter in a gap of the mathematical alphabets (by its low surrogate behind U+D835). They follow each other from U+1D400 on; letters
 * that stood elsewhere already were left out, and programs that count on write the gap. Letters that are there have been replaced before.
 */
function missingLetter(low: number): string {
  const place = low - 0xdc00;
  return place < 13 * 52 ? String.fromCharCode(97 + (place % 26)) : `\ud835${String.fromCharCode(low)}`;
}

/** The folded text, if most of its letters are of other scripts and all of those resemble Latin ones, in Latin; else null. */
export function onlyLookAlikes(folded: string): string | null {
  if (!anyForeign.test(folded)) return null;
  const { latin: ownLetters, foreign } = countLetters(folded);
  if (ownLetters > foreign) return null;
  const latin = toLatin(folded);
  return anyForeign.test(latin) ? null : latin;
}

/** What `fold` does after `bareOf`. */
export function foldBare(bare: string): string {
  if (onlyAscii.test(bare)) return (doubleSpace.test(bare) ? bare.replace(spaces, ' ') : bare).toLowerCase();
  return (
    withoutLookAlikes(bare.replaceAll('ς', 'σ'))
      .toLowerCase()
      .replace(marks, '')
      // Lower case makes a last sigma of a capital one.
      .replaceAll('ς', 'σ')
      .replace(lineBreaks, '\n')
      .replace(spaces, ' ')
      .normalize('NFC')
  );
}

const isLatin = (unit: number) => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
/** Greek, Cyrillic, Armenian and Lisu: the scripts whose letters pass for Latin ones. */
const isForeign = (unit: number) => (unit >= 0x370 && unit <= 0x58f) || (unit >= 0xa4d0 && unit <= 0xa4ff);
const anyForeign = /[\u0370-\u058f\ua4d0-\ua4ff]/;
/** With the digits and signs of leetspeak, which may stand within a word. */
const wordOfScripts = /[A-Za-z0-9@$€|!\u0370-\u058f\ua4d0-\ua4ff]+/g;

/** Words that mix scripts in one script, and words of look-alikes only in Latin where the rest of the text is Latin. */
function withoutLookAlikes(bare: string): string {
  if (!anyForeign.test(bare)) return bare;
  const unmixed = bare.replace(wordOfScripts, unmix);
  const { latin, foreign, close } = countLetters(unmixed);
  return foreign > 0 && close === foreign && latin >= foreign ? unmixed.replace(wordOfScripts, toLatin) : unmixed;
}

function countLetters(text: string): { latin: number; foreign: number; close: number } {
  let latin = 0;
  let foreign = 0;
  let close = 0;
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.charCodeAt(position);
    if (isLatin(unit)) latin += 1;
    else if (isForeign(unit)) {
      foreign += 1;
      if (closeLookAlikeOf.has(lowerUnit(unit)) || closeCapitals.has(unit)) close += 1;
    }
  }
  return { latin, foreign, close };
}

/** A word in one script: Latin where that is most of it or all others are close look-alikes, Cyrillic where the Latin letters are few. */
function unmix(word: string): string {
  const { latin, foreign, close } = countLetters(word);
  if (latin === 0 || foreign === 0) return word;
  if (
    close === foreign ||
    (latin >= foreign && everyUnit(word, (unit) => isLatin(unit) || lookAlikeOf.has(lowerUnit(unit))))
  ) {
    return toLatin(word);
  }
  const isCyrillic = everyUnit(word, (unit) => isCyrillicUnit(unit) || cyrillicLookAlikeOf.has(lowerUnit(unit)));
  return isCyrillic ? mapUnits(word, (unit) => cyrillicLookAlikeOf.get(lowerUnit(unit))) : word;
}

const isCyrillicUnit = (unit: number) => unit >= 0x400 && unit <= 0x52f;

function toLatin(word: string): string {
  return mapUnits(word, (unit) => capitalLookAlikeOf.get(unit) ?? lookAlikeOf.get(lowerUnit(unit)));
}

function lowerUnit(unit: number): number {
  return unit < 0x80 ? unit | 0x20 : String.fromCharCode(unit).toLowerCase().charCodeAt(0);
}

function everyUnit(word: string, isGood: (unit: number) => boolean): boolean {
  for (let position = 0; position < word.length; position += 1) if (!isGood(word.charCodeAt(position))) return false;
  return true;
}

function mapUnits(word: string, replacement: (unit: number) => string | undefined): string {
  let mapped = '';
  for (let position = 0; position < word.length; position += 1) {
    mapped += replacement(word.charCodeAt(position)) ?? word.charAt(position);
  }
  return mapped;
}
