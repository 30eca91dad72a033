import type { Span } from '../layer.ts';

/** A text as its reader sees it: nothing invisible, each letter and digit in its plain form. Letter case is kept. */
export interface Visible {
  readonly text: string;
  /** The piece of the original text that is seen from `start` to `end`. */
  spanOf(start: number, end: number): Span;
}

const ascii = /^[\0-\x7f]*$/;
/** Characters that show nothing: format characters and fillers. */
const invisible = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u;
/** Where the ten digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** What is seen of the text. Linear. */
export function visibleOf(text: string): Visible {
  if (ascii.test(text)) return { text, spanOf: (start, end) => ({ start, end }) };
  const starts: number[] = [];
  const ends: number[] = [];
  let seen = '';
  let position = 0;
  for (const character of text) {
    const end = position + character.length;
    const plain = plainOf(character);
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

function plainOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  if (invisible.test(character)) return '';
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? character.normalize('NFKC') : String(code - zero);
}
