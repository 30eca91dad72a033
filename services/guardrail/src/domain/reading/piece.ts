/** A part of a text, in UTF-16 code units, and what it says when it is decoded. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** So many encoded pieces of one text are looked at; an attack needs few. */
const pieceLimit = 12;

/** What the matches of the pattern (global) say by `decode`, at most `pieceLimit` of them; null leaves a match as it is. */
export function piecesOf(text: string, pattern: RegExp, decode: (match: string) => string | null): Piece[] {
  const pieces: Piece[] = [];
  let tried = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (tried === matchLimit || pieces.length === pieceLimit) break;
    tried += 1;
    const decoded = decode(match);
    if (decoded !== null) pieces.push({ start: index, end: index + match.length, text: decoded });
  }
  return pieces;
}

/** Matches that decode to nothing are tried up to this number, so that a text full of ids is cheap. */
const matchLimit = 100;

/** The text with the pieces in place of what they were decoded from; where pieces overlap the first is taken. */
export function withPieces(text: string, pieces: readonly Piece[]): string {
  let replaced = '';
  let position = 0;
  for (const { start, end, text: piece } of pieces.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue;
    replaced += text.slice(position, start) + piece;
    position = end;
  }
  return replaced + text.slice(position);
}
