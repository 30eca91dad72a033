import { Buffer } from 'node:buffer';

/** Encodings within encodings are undone so often. */
export const decodeDepth = 3;
/** So many encoded pieces of one text are looked at. */
const pieceLimit = 10;
/** A decoded piece is cut to this many characters. */
const decodedLimit = 8000;
/** Shorter runs are words, ids and numbers. */
const base64Run = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const hexRun = /(?:[0-9a-fA-F]{2}[\s:]?){12,}/g;
const base32Run = /[A-Z2-7]{24,}={0,6}/g;

/** What the encoded pieces of a text say, one level deep. What does not decode to readable text is left out: it is no offence. */
export function decodedPieces(text: string): string[] {
  const pieces = [
    ...matches(text, base64Run).map(fromBase64),
    ...matches(text, hexRun).map(fromHex),
    ...matches(text, base32Run).map(fromBase32),
    fromEscapes(text),
  ];
  return pieces.flatMap((piece) => (piece !== null && isReadable(piece) ? [piece.slice(0, decodedLimit)] : []));
}

function matches(text: string, pattern: RegExp): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(pattern)) {
    if (found.length === pieceLimit) break;
    found.push(match[0]);
  }
  return found;
}

function fromBase64(piece: string): string {
  return Buffer.from(piece, 'base64').toString('utf8');
}

function fromHex(piece: string): string {
  return Buffer.from(piece.replace(/[\s:]/g, ''), 'hex').toString('utf8');
}

/** RFC 4648 section 6. */
function fromBase32(piece: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of piece.replace(/=+$/, '')) {
    buffer = ((buffer << 5) | alphabet.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return Buffer.from(bytes).toString('utf8');
}

const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

/** Percent, backslash and HTML escapes undone; null when there are too few to be a disguise. */
function fromEscapes(text: string): string | null {
  let count = 0;
  const codePoint = (digits: string, radix: number) => {
    const code = Number.parseInt(digits, radix);
    count += 1;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  };
  const decoded = text
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => codePoint(hex, 16))
    .replace(
      /\\u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})/g,
      (_, four?: string, braced?: string, byte?: string) => codePoint(four ?? braced ?? byte ?? '', 16),
    )
    .replace(/&#(\d{1,7});/g, (_, decimal: string) => codePoint(decimal, 10))
    .replace(/&#[xX]([0-9a-fA-F]{1,6});/g, (_, hex: string) => codePoint(hex, 16))
    .replace(/&(lt|gt|amp|quot|apos|nbsp);/g, (_, name: string) => namedEntities[name] ?? ' ');
  return count >= 3 ? decoded : null;
}

/** Decoded noise has control and replacement characters; text has hardly any. */
function isReadable(decoded: string): boolean {
  const length = decoded.length;
  if (length < 8) return false;
  const strange = decoded.match(/[\p{Cc}\p{Co}\ufffd]/gu)?.length ?? 0;
  const letters = decoded.match(/[\p{L} ]/gu)?.length ?? 0;
  return strange / length < 0.1 && letters / length > 0.5;
}
