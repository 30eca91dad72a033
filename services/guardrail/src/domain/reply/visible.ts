import { perSubject, type Span } from '../layer.ts';

/** A text as its reader sees it: nothing invisible, each letter and digit in its plain form. Letter case is kept. */
export interface Visible {
  readonly text: string;
  /** The piece of the original text that is seen from `start` to `end`. */
  spanOf(start: number, end: number): Span;
}

const ascii = /^[\0-\x7f]*$/;
/** Characters that show nothing: format characters and fillers. */
const invisible = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u;
/** What stands where a long title was cut; as three full stops it would look like a part of what goes before. */
export const cut = '…';
/** Single signs that stand for phrases of up to 18 letters say nothing of what is looked for, and would make a text as many times longer. */
const longestForm = 4;
/** Where the ten digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** What is seen of a subject's text. */
export const visibleIn = perSubject(({ text }) => visibleOf(text));

/** Plain forms of the characters that were met, at most those of the basic plane: a text holds the same few again and again. */
const plainForms = new Map<string, string>();

/** What is seen of the text. Linear. */
export function visibleOf(text: string): Visible {
  if (ascii.test(text)) return { text, spanOf: (start, end) => ({ start, end }) };
  const starts: number[] = [];
  const ends: number[] = [];
  let seen = '';
  let position = 0;
  for (const character of text) {
    const end = position + character.length;
    const plain = character < '\x80' ? character : plainForm(character);
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(position);
      ends.push(end);
    }
    seen += plain;
    position = end;
  }
  const spanOf = (start: number, end: number) => ({ start: starts[start] ?? position, end: ends[end - 1] ?? position });
  return { text: seen, spanOf };
}

function plainForm(character: string): string {
  const known = plainForms.get(character);
  if (known !== undefined) return known;
  const plain = plainOf(character);
  if (character.length === 1) plainForms.set(character, plain);
  return plain;
}

function plainOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (invisible.test(character)) return '';
  if (character === cut) return character;
  const zero = zeros.find((first) => code >= first && code < first + 10);
  if (zero !== undefined) return String(code - zero);
  const plain = character.normalize('NFKC');
  return plain.length > longestForm ? ' ' : plain;
}
