/** A word of a folded text, and where it stands there in UTF-16 code units. */
export interface Word {
  /** Letters and digits of any script; one character of Chinese and Japanese; `.` where a sentence, list item or paragraph ends. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The text of the mark between sentences. No rule and no n-gram should reach over it. */
export const sentenceEnd = '.';

const other = 0;
const letter = 1;
/** A word of its own: scripts that are written without spaces and whose characters mean something alone. */
const single = 2;
/** Ends a sentence before a space only: `3.5` and `file.txt` go on. */
const softStop = 3;
const hardStop = 4;
const apostrophe = 5;
const newline = 6;
const space = 7;

/** The class of each UTF-16 code unit; a table, because a regular expression for each character is too slow. */
const classes = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(0x10000);
  const singles = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const letters = /[\p{L}\p{N}\p{M}]/u;
  for (let unit = 0; unit < table.length; unit += 1) {
    const character = String.fromCharCode(unit);
    if (singles.test(character)) table[unit] = single;
    else if (letters.test(character)) table[unit] = letter;
  }
  const set = (characters: string, kind: number) => {
    for (const character of characters) table[character.charCodeAt(0)] = kind;
  };
  set('.!?;…', softStop);
  set('。！？；؟۔؛।॥', hardStop);
  set("'’`´ʼ", apostrophe);
  set('\n\u2028\u2029', newline);
  set(' \t\r\u00a0', space);
  return table;
}

const astralLetter = /^[\p{L}\p{N}\p{M}]/u;
const astralSingle = /^\p{Script=Han}/u;

/** Signs that begin an item of a list, a heading, a quotation or a table row. */
const itemSigns = '-*•#>|+–';
/** A French, Italian or Catalan article or particle before an apostrophe has so many letters; it is a word of its own. */
const elisionLetters = 2;
/** Behind such a particle stands a whole word; what is shorter is an English ending (`he's`, `I'll`). */
const elidedWordLetters = 3;

/**
 * The words of a folded text. Apostrophes within a word are left out (`don't` is `dont`), but part an elided particle from its word
 * (`l'instruction` is `l instruction`). A line break alone ends no sentence, unless a list item or heading follows.
 */
export function wordsOf(folded: string): Word[] {
  const words: Word[] = [];
  const length = folded.length;
  let position = 0;
  const end = (at: number) => {
    const last = words.at(-1);
    if (last !== undefined && last.text !== sentenceEnd) words.push({ text: sentenceEnd, start: at, end: at + 1 });
  };
  while (position < length) {
    const unit = folded.charCodeAt(position);
    const kind = classes[unit];
    if (kind === letter) {
      position = readWord(folded, position, words);
      continue;
    }
    if (kind === single) words.push({ text: folded.charAt(position), start: position, end: position + 1 });
    else if (kind === hardStop) end(position);
    else if (kind === softStop) {
      if (isGap(folded, position + 1)) end(position);
    } else if (kind === newline) {
      if (beginsItem(folded, position + 1)) end(position);
    } else if (isHighSurrogate(unit)) {
      position = readAstral(folded, position, words);
      continue;
    }
    position += 1;
  }
  return words;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Whether a space, a line break, a closing sign or the end stands there. */
function isGap(folded: string, position: number): boolean {
  if (position >= folded.length) return true;
  const unit = folded.charCodeAt(position);
  const kind = classes[unit];
  return (
    kind === space ||
    kind === newline ||
    kind === softStop ||
    (kind === other && !isHighSurrogate(unit) && unit !== 0x2f)
  );
}

/** Whether a blank line, a list item or a heading begins there. */
function beginsItem(folded: string, position: number): boolean {
  let at = position;
  while (at < folded.length && classes[folded.charCodeAt(at)] === space) at += 1;
  if (at >= folded.length) return false;
  if (classes[folded.charCodeAt(at)] === newline || itemSigns.includes(folded.charAt(at))) return true;
  let digits = at;
  while (digits < at + 3 && isDigit(folded.charCodeAt(digits))) digits += 1;
  return digits > at && '.):'.includes(folded.charAt(digits) || ' ');
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Adds the word that begins at the position; returns where it ends. */
function readWord(folded: string, start: number, words: Word[]): number {
  let end = start;
  let text = '';
  let from = start;
  for (;;) {
    while (end < folded.length && classes[folded.charCodeAt(end)] === letter) end += 1;
    const isInner =
      end < folded.length &&
      classes[folded.charCodeAt(end)] === apostrophe &&
      end + 1 < folded.length &&
      classes[folded.charCodeAt(end + 1)] === letter;
    if (!isInner) break;
    if (from === start && end - start <= elisionLetters && isElision(folded, end + 1)) break;
    text += folded.slice(from, end);
    from = end + 1;
    end += 1;
  }
  words.push({ text: text + folded.slice(from, end), start, end });
  return end;
}

function isElision(folded: string, position: number): boolean {
  for (let at = position; at < position + elidedWordLetters; at += 1) {
    if (at >= folded.length || classes[folded.charCodeAt(at)] !== letter) return false;
  }
  return true;
}

/** A character beyond the basic plane: rare Chinese, or letters of old scripts; emoji are no words. */
function readAstral(folded: string, start: number, words: Word[]): number {
  const character = String.fromCodePoint(folded.codePointAt(start) ?? 0);
  const end = start + character.length;
  if (astralSingle.test(character)) words.push({ text: character, start, end });
  else if (astralLetter.test(character)) {
    const last = words.at(-1);
    if (last !== undefined && last.end === start && last.text !== sentenceEnd) {
      words[words.length - 1] = { text: last.text + character, start: last.start, end };
    } else words.push({ text: character, start, end });
  }
  return end;
}
