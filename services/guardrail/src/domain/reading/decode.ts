import { Buffer } from 'node:buffer';
import { type Piece, piecesOf } from './piece.ts';

/** Fewer characters say nothing that a rule could know. */
const leastDecoded = 6;

/** The encoded pieces of a text, one level deep, with what they say. Bytes that are no text are no piece: ids, hashes and files. */
export function encodedPieces(text: string): Piece[] {
  if (!/[^\s]{12}|[0-9a-f]{2,8}[\s,;:-]|[%&\\=]|U\+|[.\-–—·•_]{2}/i.test(text)) return [];
  const escapes = fromEscapes(text);
  if (escapes.length > 0) return escapes;
  return [
    ...piecesOf(text, binaryRun, fromBinary),
    ...piecesOf(text, hexRun, fromHex),
    ...piecesOf(text, decimalRun, fromDecimal),
    ...piecesOf(text, placesRun, fromPlaces),
    ...piecesOf(text, base32Run, fromBase32),
    ...piecesOf(text, base64Run, fromBase64),
    ...piecesOf(text, base64Words, fromBase64Words),
    ...piecesOf(text, morseRun, fromMorse),
  ];
}

/** Lines and groups of four of an encoded block are joined. */
const base64Run =
  /(?:[A-Za-z0-9+/]{4} ){4,}[A-Za-z0-9+/]{2,4}={0,2}|[A-Za-z0-9+/_-]{12,}(?:\r?\n[A-Za-z0-9+/_-]{12,})*(?:\r?\n[A-Za-z0-9+/]{2,11})?={0,2}/g;
/** Words that were encoded one by one; each ends where four characters are full, with fillers or without. */
const base64Words =
  /(?<![A-Za-z0-9+/=])(?:(?:[A-Za-z0-9+/]{4}){0,8}[A-Za-z0-9+/]{2}(?:[A-Za-z0-9+/]{2}|[A-Za-z0-9+/]=|==) ){3,}[A-Za-z0-9+/]{2,32}={0,2}/g;
const base32Run = /[A-Z2-7]{16,}={0,6}/g;
/** `69676e`, `69 67 6e`, `0x69, 0x67`, `69:67`, `6967 6e6f`. */
const hexRun =
  /(?<![0-9A-Za-z])(?:(?:[0-9a-fA-F]{2}){8,}(?:\s(?:[0-9a-fA-F]{2}){8,})*|(?:(?:0x)?(?:[0-9a-fA-F]{2}){1,4}[\s,;:-]{1,2}){5,}(?:0x)?(?:[0-9a-fA-F]{2}){1,4})(?![0-9A-Za-z])/g;
const binaryRun = /(?:(?:0b)?[01]{7,8}[\s,;-]{0,2}){4,}/g;
const placesRun = /(?<!\d)\d{1,2}(?:[-., ]\d{1,2}){9,}(?!\d)/g;
const decimalRun = /\d{2,3}(?:[\s,;]{1,2}\d{2,3}){5,}/g;

/** The last line may be a word that only follows the block. */
function fromBase64(run: string): string | null {
  const whole = fromBase64Block(run);
  const lastLine = run.lastIndexOf('\n');
  if (whole !== null || lastLine < 0) return whole;
  const block = fromBase64Block(run.slice(0, lastLine));
  return block === null ? null : block + run.slice(lastLine);
}

function fromBase64Words(run: string): string | null {
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run)) return null;
  const words = run.split(' ');
  // One encoded text in groups of four is no row of words.
  if (words.every((word, index) => word.length === 4 && (index === words.length - 1 || !word.endsWith('='))))
    return null;
  return textOf(Buffer.from(words.map((word) => Buffer.from(word, 'base64').toString('latin1')).join(' '), 'latin1'));
}

function fromBase64Block(block: string): string | null {
  const digits = block.replace(/\s/g, '').replace(/^[/+_-]+/, '');
  // Words and numbers are of one kind of characters; chance makes no encoded text so.
  if (!/[A-Z]/.test(digits) || !/[a-z]/.test(digits)) return null;
  return textOf(Buffer.from(digits, 'base64')) ?? textOf(Buffer.from(Array.from(digits).reverse().join(''), 'base64'));
}

function fromHex(run: string): string | null {
  const digits = run.replace(/0x|[^0-9a-fA-F]/g, '');
  return textOf(Buffer.from(digits, 'hex')) ?? textOf(Buffer.from(Array.from(digits).reverse().join(''), 'hex'));
}

function fromBinary(run: string): string | null {
  const groups = run.match(/[01]+/g) ?? [];
  const digits = groups.join('');
  const size = groups.length > 1 && groups.every((group) => group.length === 7) ? 7 : 8;
  return textOf(
    Buffer.from((digits.match(new RegExp(`.{${size}}`, 'g')) ?? []).map((byte) => Number.parseInt(byte, 2))),
  );
}

function fromDecimal(run: string): string | null {
  const codes = (run.match(/\d+/g) ?? []).map(Number);
  const decimal = codes.every((code) => code < 256) ? textOf(Buffer.from(codes)) : null;
  return decimal ?? fromOctal(run);
}

function fromOctal(run: string): string | null {
  const groups = run.match(/\d+/g) ?? [];
  const isOctal = groups.every((group) => /^[0-3][0-7]{2}$/.test(group));
  return isOctal ? textOf(Buffer.from(groups.map((group) => Number.parseInt(group, 8)))) : null;
}

/** Places in the alphabet: signs between letters, spaces between words. */
function fromPlaces(run: string): string | null {
  const places = (run.match(/\d+/g) ?? []).map(Number);
  if (places.some((place) => place < 1 || place > 26)) return null;
  return run.replace(/(\d+)([-.,]?)/g, (_, place: string) => String.fromCharCode(96 + Number(place)));
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6. */
function fromBase32(run: string): string | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of run.replace(/=+$/, '')) {
    buffer = ((buffer << 5) | base32Alphabet.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return textOf(Buffer.from(bytes));
}

/** The text that the bytes are in UTF-8 or, with every other byte zero, in UTF-16; null when they are no text. */
function textOf(bytes: Buffer): string | null {
  if (bytes.length < leastDecoded) return null;
  if (bytes[1] === 0 && bytes[3] === 0) return printable(bytes.toString('utf16le'));
  for (const byte of bytes.subarray(0, 64)) if (isControl(byte)) return null;
  return printable(bytes.toString('utf8'));
}

const isControl = (byte: number) => (byte < 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) || byte === 0x7f;

/** A cut-off end may leave one broken character. */
function printable(text: string): string | null {
  const whole = text.endsWith('\ufffd') ? text.slice(0, -1) : text;
  return /[\p{Cc}\p{Co}\p{Cn}\ufffd]/u.test(whole.replace(/[\t\n\r]/g, ' ')) ? null : whole;
}

const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };
/** A link's own escapes are no disguise. */
const link = /((?:https?|ftp|file|mailto):\S*|www\.\S*)/i;
/** Fewer escapes come along when text is copied. */
const leastEscapes = 2;

/** The text with its percent, backslash, code point, HTML and mail escapes undone; nothing when there are too few to be a disguise. */
function fromEscapes(text: string): Piece[] {
  if (!/%u?[0-9a-f]{2}|\\[xu0-7]|&[#a-z]|=[0-9A-F]{2}|U\+[0-9a-f]/i.test(text)) return [];
  let count = 0;
  const character = (digits: string, radix: number) => {
    count += 1;
    const code = Number.parseInt(digits, radix);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
  };
  const bytes = (run: string) => {
    const digits = run.replace(/[^0-9a-f]/gi, '');
    count += digits.length / 2;
    return Buffer.from(digits, 'hex').toString('utf8');
  };
  const undo = (part: string) =>
    part
      .replace(/(?:%[0-9a-f]{2})+/gi, bytes)
      .replace(/(?:=[0-9A-F]{2})+/g, (run, offset: number) => (isMailEscape(part, offset) ? bytes(run) : run))
      .replace(/(?:\\x[0-9a-f]{2})+/gi, (run) => bytes(run.replaceAll(/\\x/gi, '')))
      .replace(/[\\%]u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}/gi, (_, four?: string, braced?: string) =>
        character(four ?? braced ?? '', 16),
      )
      .replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => character(octal, 8))
      .replace(/\bU\+([0-9a-f]{4,6})\s?/gi, (_, code: string) => character(code, 16))
      .replace(/&#(\d{1,7});?/g, (_, decimal: string) => character(decimal, 10))
      .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => character(hex, 16))
      .replace(/&(lt|gt|amp|quot|apos|nbsp);/g, (_, name: string) => {
        count += 1;
        return namedEntities[name] ?? ' ';
      });
  const undod = text
    .split(link)
    .map((part, index) => (index % 2 === 0 ? undo(part) : part))
    .join('');
  return count >= leastEscapes && undod !== text ? [{ start: 0, end: text.length, text: undod }] : [];
}

/** Quoted-printable stands within words; a value behind `=` in code or a link follows a name and is longer. */
function isMailEscape(text: string, offset: number): boolean {
  return offset === 0 || !/=[0-9A-F]{2}[0-9A-Za-z]*=?$/.test(text.slice(Math.max(0, offset - 1), offset));
}

/** Morse code: dots and dashes of several looks, letters parted by a space, words by a slash or more spaces. */
const morseRun = /[.\-–—−·•_](?:[.\-–—−·•_]|[ /|\n]{1,3}(?=[.\-–—−·•_])){15,}/g;
const morseLetters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: '.-',
    b: '-...',
    c: '-.-.',
    d: '-..',
    e: '.',
    f: '..-.',
    g: '--.',
    h: '....',
    i: '..',
    j: '.---',
    k: '-.-',
    l: '.-..',
    m: '--',
    n: '-.',
    o: '---',
    p: '.--.',
    q: '--.-',
    r: '.-.',
    s: '...',
    t: '-',
    u: '..-',
    v: '...-',
    w: '.--',
    x: '-..-',
    y: '-.--',
    z: '--..',
    '0': '-----',
    '1': '.----',
    '2': '..---',
    '3': '...--',
    '4': '....-',
    '5': '.....',
    '6': '-....',
    '7': '--...',
    '8': '---..',
    '9': '----.',
    '.': '.-.-.-',
    ',': '--..--',
    '?': '..--..',
    "'": '.----.',
    '!': '-.-.--',
  }).map(([letter, code]) => [code, letter]),
);

function fromMorse(run: string): string | null {
  const code = run.replace(/[–—−_]/g, '-').replace(/[·•]/g, '.');
  let text = '';
  for (const word of code.split(/ ?[/|\n] ?| {2,}/)) {
    for (const sign of word.split(' ')) {
      const letter = morseLetters.get(sign);
      if (letter === undefined) return null;
      text += letter;
    }
    text += ' ';
  }
  return text.length < leastDecoded ? null : text.trimEnd();
}
