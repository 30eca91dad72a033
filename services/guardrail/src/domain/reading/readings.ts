import { decodeDepth, decodedPieces } from './decode.ts';
import { fold } from './fold.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What was undone to come to a reading; `none` is the text itself. */
export type Disguise = 'none' | 'leetspeak' | 'spacing' | 'reversed' | 'cipher' | 'encoding';

/** One way in which a model or a person may read a text. */
export interface Reading {
  readonly disguise: Disguise;
  /** Folded: lower case, no accents, nothing invisible, look-alike letters as Latin; punctuation, digits and line breaks are kept. */
  readonly text: string;
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

function withoutLeet(plain: string): string {
  return plain.replace(/[013456789@$]|[!|+](?=[\p{L}\p{N}@$])/gu, (sign) => leetLetters[sign] ?? sign);
}

/** A spelled-out word or phrase has at least this many letters; shorter runs are abbreviations and lists. */
const spelledLetters = 8;

/** Runs of single letters ("i g n o r e"), joined. */
function joinSpelled(folded: string): string {
  const runs: string[] = [];
  let run = '';
  const words = folded.split(/[^a-z]+/);
  for (const word of [...words, '.']) {
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

/** Texts that one message may hold in disguise, itself included, are read up to this number. */
const textLimit = 30;

/** The ways in which a text is read, itself first. */
export function createReader({ vocabulary: _ }: { readonly vocabulary: Vocabulary }): (text: string) => Reading[] {
  return (text) => {
    const readings: Reading[] = readingsOf(text, 'none');
    let level = decodedPieces(text);
    for (let depth = 0; depth < decodeDepth && level.length > 0 && readings.length < textLimit; depth += 1) {
      readings.push(...level.flatMap((piece) => readingsOf(piece, 'encoding')));
      level = level.flatMap(decodedPieces);
    }
    return readings.slice(0, textLimit);
  };
}

function readingsOf(text: string, disguise: Disguise): Reading[] {
  const plain = fold(text);
  const unleet = withoutLeet(plain);
  const joined = joinSpelled(unleet);
  const readings: Reading[] = [
    { disguise, text: plain },
    { disguise: 'reversed', text: reversed(plain) },
    { disguise: 'cipher', text: rotated(plain) },
  ];
  if (unleet !== plain) readings.push({ disguise: 'leetspeak', text: unleet });
  return joined === '' ? readings : [...readings, { disguise: 'spacing', text: joined }];
}
