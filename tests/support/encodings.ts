/** Bytes of which chance makes none: far fewer than 2^-40 per gigabyte that is searched, with case ignored. */
const shortestText = 8;
/** Of longer texts the end is looked for: whoever has it has the text, and a beginning may be the same in many (JWT, PEM). */
const longestPart = 24;

/** One way in which a text may be written. */
export interface Encoded {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/**
 * The ways in which a text may lie in a file, each once. Of base64 only the characters that the text alone decides, for each of the three
 * ways in which it may lie across groups of three bytes; the same again in hexadecimal, because that is how PostgreSQL shows bytes.
 * UTF-16 is found in either order of bytes.
 * @throws RangeError for a text that chance would find
 */
export function encodingsOf(whole: string): readonly Encoded[] {
  if (whole.length < shortestText) throw new RangeError('the text is too short to be searched for');
  const text = whole.slice(-longestPart);
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((offset) => base64At(bytes, offset));
  const written = [
    ['UTF-8', text],
    ['JSON', escaped(text, (character) => character >= '\x80', jsonEscape)],
    ['JSON, every character', escaped(text, () => true, jsonEscape)],
    ['URL', encodeURIComponent(text)],
    ['URL, every byte', percentEncoded(bytes)],
    ['form', new URLSearchParams([['', text]]).toString().slice(1)],
    ['quoted-printable', quotedPrintable(bytes)],
    ['hex', bytes.toString('hex')],
    ...base64.flatMap(([encoding, characters]): [string, string][] => [
      [encoding, characters],
      [`${encoding} in hex`, Buffer.from(characters).toString('hex')],
    ]),
  ] as const;
  const seen = new Map<string, Encoded>();
  for (const [encoding, characters] of written) {
    if (!seen.has(characters)) seen.set(characters, { encoding, bytes: Buffer.from(characters) });
  }
  // Without its last zero it is found in both orders of bytes.
  return [...seen.values(), { encoding: 'UTF-16', bytes: Buffer.from(text, 'utf16le').subarray(0, -1) }];
}

/** The same of bytes that are no text, such as a secret that is shown in base64. */
export function encodingsOfBytes(bytes: Buffer): readonly Encoded[] {
  if (bytes.length < shortestText) throw new RangeError('the bytes are too few to be searched for');
  return [
    { encoding: 'bytes', bytes },
    { encoding: 'hex', bytes: Buffer.from(bytes.toString('hex')) },
    ...[0, 1, 2]
      .flatMap((offset) => base64At(bytes, offset))
      .map(([encoding, characters]) => ({ encoding, bytes: Buffer.from(characters) })),
  ];
}

function base64At(bytes: Buffer, offset: number): [string, string][] {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
  const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((shifted.length * 8) / 6)];
  return [
    [`base64 at ${offset}`, shifted.toString('base64').slice(from, to)],
    [`base64url at ${offset}`, shifted.toString('base64url').slice(from, to)],
  ];
}

function escaped(text: string, isEscaped: (character: string) => boolean, write: (unit: number) => string): string {
  return text
    .split('')
    .map((unit) => (isEscaped(unit) ? write(unit.charCodeAt(0)) : unit))
    .join('');
}

function jsonEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function percentEncoded(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** RFC 2045 section 6.7, without breaks of lines. */
function quotedPrintable(bytes: Buffer): string {
  const isPlain = (byte: number) => byte >= 0x20 && byte <= 0x7e && byte !== 0x3d;
  return [...bytes]
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`))
    .join('');
}
