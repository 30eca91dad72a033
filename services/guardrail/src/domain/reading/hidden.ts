import { Buffer } from 'node:buffer';
import { type Piece, piecesOf } from './piece.ts';

/** Anything that may carry hidden bytes or turned letters; U+DB40 begins all tags and the second block of selectors. */
const gate = /[\u200b-\u200f\u2060-\u2064\ufeffɐǝɹʇɥɯʌʍʎᴉ\udb40]|[\ufe00-\ufe0f]{2}/;
const tagRun = /[\u{e0020}-\u{e007e}]{2,}/gu;
const tagBase = 0xe0000;
const selectorRun = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4,}/gu;
const zeroWidthRun = /[\u200b-\u200f\u2060-\u2064\ufeff]{16,}/g;

/**
 * What is written in characters that show nothing: letters as tag characters, bytes as variation selectors, bits as zero-width
 * characters. Of the text as it came.
 */
export function hiddenPieces(text: string): Piece[] {
  if (!gate.test(text)) return [];
  return [
    ...piecesOf(text, tagRun, (run) => mapPoints(run, (point) => point - tagBase)),
    ...piecesOf(text, selectorRun, (run) =>
      bytesOf(Array.from(run, (selector) => selectorByte(selector.codePointAt(0) ?? 0))),
    ),
    ...piecesOf(text, zeroWidthRun, fromZeroWidth),
  ];
}

function mapPoints(run: string, map: (point: number) => number): string {
  return ` ${Array.from(run, (character) => String.fromCodePoint(map(character.codePointAt(0) ?? 0))).join('')} `;
}

/** The first sixteen selectors are in one block, the other 240 in another. */
function selectorByte(point: number): number {
  return point < tagBase ? point - 0xfe00 : point - 0xe0100 + 16;
}

function bytesOf(bytes: readonly number[]): string | null {
  const text = Buffer.from(bytes).toString('utf8');
  return /[\p{Cc}\ufffd]/u.test(text.replace(/[\t\n\r]/g, ' ')) ? null : ` ${text} `;
}

/** Two characters as bits, either way round, eight to a byte; a third parts the bytes. */
function fromZeroWidth(run: string): string | null {
  const [zero, one] = mostFrequent(run);
  if (zero === undefined || one === undefined) return null;
  for (const [first, second] of [
    [zero, one],
    [one, zero],
  ]) {
    const bits = Array.from(run, (character) => (character === first ? '0' : character === second ? '1' : '')).join('');
    const text = bytesOf((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
    if (text !== null) return text;
  }
  return null;
}

function mostFrequent(run: string): string[] {
  const counts = new Map<string, number>();
  for (const character of run) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.entries()].sort((a, b) => b[1] - a[1]).map(([character]) => character);
}

/** Letters that are others when a page is turned upside down. */
const turned: Readonly<Record<string, string>> = { n: 'u', u: 'n', b: 'q', q: 'b', d: 'p', p: 'd' };
const turnedLetter = /[ɐǝɹʇɥɯʌʍʎᴉ]/g;
/** One may be phonetic spelling. */
const leastTurned = 2;

/** The text, folded, read upside down; null when it holds no turned letters. */
export function withoutTurning(text: string, folded: string): string | null {
  if (!gate.test(text) || (text.match(turnedLetter)?.length ?? 0) < leastTurned) return null;
  return Array.from(folded, (letter) => turned[letter] ?? letter)
    .reverse()
    .join('');
}
