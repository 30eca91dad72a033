import { latinLookAlike } from './confusables.ts';

/** One way in which a model or a person may read a text. */
export interface Reading {
  /** `plain` keeps punctuation; the others are words with single spaces, ` . ` between sentences. */
  readonly kind: 'plain' | 'words' | 'folded' | 'joined';
  readonly text: string;
}

/** Characters that show nothing: format and control characters and fillers. Marks go with the decomposition. */
const invisible = /[[\p{Cf}\p{Cc}\u115f\u1160\u2800\u3164\uffa0]--[\t\n\r]]/gv;

/** The text without what is not seen, in lower case, look-alike letters of other scripts and styles as plain Latin ones. */
export function plainText(text: string): string {
  const bare = text
    .toWellFormed()
    .replace(invisible, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  let plain = '';
  for (const character of bare) plain += latinLookAlike(character) ?? character;
  return plain.replace(/[ \t\u00a0]+/g, ' ').replace(/\r\n?/g, '\n');
}

/** Words with single spaces; ` . ` where a sentence or paragraph ends, so that no pattern reaches over it. */
export function wordsOf(plain: string): string {
  return plain
    .replace(/['’`´]/g, '')
    .replace(/[.!?;]+(?=\s|$)|\n\s*\n/g, ' ¶ ')
    .replace(/[^a-z0-9¶]+/g, ' ')
    .replaceAll('¶', '.')
    .trim();
}

const leetLetters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
};

/** Undoes digits and signs that stand for letters. `l` becomes `i` as well, because `1` and `|` may be either: see `foldPattern`. */
function foldLeet(plain: string): string {
  return wordsOf(withoutLeet(plain)).replaceAll('l', 'i');
}

function withoutLeet(plain: string): string {
  return plain.replace(/[013456789@$]|[!|+](?=[\p{L}\p{N}@$])/gu, (sign) => leetLetters[sign] ?? sign);
}

/** The source of a pattern over words as it is for folded text. */
export function foldPattern(source: string): string {
  return source.replaceAll('l', 'i');
}

/** A spelled-out word or phrase has at least this many letters; shorter runs are abbreviations and lists. */
const spelledLetters = 8;

/** Runs of single letters ("i g n o r e"), joined. */
function joinSpelled(folded: string): string {
  const runs: string[] = [];
  let run = '';
  for (const word of [...folded.split(' '), '.']) {
    if (word.length === 1 && word !== '.') {
      run += word;
      continue;
    }
    if (run.length >= spelledLetters) runs.push(run);
    run = '';
  }
  return runs.join(' . ');
}

/** The text with the letters in the opposite order. */
function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}

/** The text with each letter moved by 13 places. */
function rotated(plain: string): string {
  return plain.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
}

/** The ways in which a text is read, each once. */
export function readingsOf(text: string): Reading[] {
  const plain = plainText(text);
  const words = wordsOf(plain);
  const folded = foldLeet(plain);
  const joined = joinSpelled(folded);
  const readings: Reading[] = [
    { kind: 'plain', text: plain },
    { kind: 'plain', text: withoutLeet(plain) },
    { kind: 'words', text: words },
    { kind: 'folded', text: folded },
    { kind: 'words', text: wordsOf(reversed(plain)) },
    { kind: 'words', text: wordsOf(rotated(plain)) },
  ];
  return joined === '' ? readings : [...readings, { kind: 'joined', text: joined }];
}
