import { type Enciphered, isSuspicious, withoutCipher, withoutReversal } from './cipher.ts';
import { encodedPieces } from './decode.ts';
import { bareOf, fold } from './fold.ts';
import { hiddenPieces, withoutTurning } from './hidden.ts';
import { withoutLeet } from './leetspeak.ts';
import { type Piece, withPieces } from './piece.ts';
import { withoutPigLatin } from './pigLatin.ts';
import { isReadable, qualityOf, readsWell } from './quality.ts';
import { withOtherSpaces, withSpacing } from './spacing.ts';
import { withoutSplit } from './split.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** What was undone to come to a reading; `none` is the text itself. */
export type Disguise =
  | 'none'
  | 'hidden'
  | 'encoding'
  | 'leetspeak'
  | 'spacing'
  | 'reversed'
  | 'turned'
  | 'cipher'
  | 'pig-latin'
  | 'split';

/** One way in which a model or a person may read a text. */
export interface Reading {
  readonly disguise: Disguise;
  /** Folded: lower case, no accents, nothing invisible, look-alike letters as Latin; punctuation, digits and line breaks are kept. */
  readonly text: string;
}

/** Disguises within disguises are undone so often. */
const depthLimit = 3;
/** More readings than an attack in three layers has; each costs what the text itself costs. */
const readingLimit = 10;
/** Texts that are looked at for disguises, those that read no better included. */
const sourceLimit = 8;
/** No reading is longer, in UTF-16 code units; also the bound of what is looked at for disguises. */
const lengthLimit = 8000;

/** A text that may be in disguise. */
interface Source {
  readonly text: string;
  readonly depth: number;
}

/** What a source turns out to be when one disguise is undone. */
interface Undone {
  readonly disguise: Disguise;
  readonly text: string;
  /** Whether it is a reading, or only on the way to one. */
  readonly isReading: boolean;
}

/**
 * The ways in which a text is read, itself first. A further reading is there only when it is in usual words where the text is not, so
 * plain text, ids, hashes, tokens and links have one.
 */
export function createReader({ vocabulary }: { readonly vocabulary: Vocabulary }): (text: string) => Reading[] {
  return (text) => {
    const readings: Reading[] = [{ disguise: 'none', text: fold(text) }];
    const seen = new Set<string>();
    const sources: Source[] = [{ text: text.slice(0, lengthLimit), depth: 0 }];
    for (let index = 0; index < sources.length && index < sourceLimit; index += 1) {
      const source = sources[index];
      if (source === undefined || source.depth === depthLimit) continue;
      for (const { disguise, text: undone, isReading } of undo(source.text, vocabulary)) {
        const cut = undone.slice(0, lengthLimit);
        if (seen.has(cut)) continue;
        seen.add(cut);
        sources.push({ text: cut, depth: source.depth + 1 });
        const folded = fold(cut);
        const isNew = isReading && readings.every((reading) => reading.text !== folded);
        if (isNew && readings.length < readingLimit) readings.push({ disguise, text: folded });
      }
    }
    return readings;
  };
}

/** What the text is with one disguise undone, for each disguise that it seems to have. */
function undo(text: string, vocabulary: Vocabulary): Undone[] {
  const bare = bareOf(text);
  const folded = fold(text);
  const words = wordsOf(folded);
  const source: Enciphered = { folded, words, quality: qualityOf(words, vocabulary) };
  const undone: Undone[] = [
    ...fromPieces(text, { pieces: hiddenPieces(text), disguise: 'hidden', vocabulary }),
    ...fromPieces(bare, { pieces: encodedPieces(bare), disguise: 'encoding', vocabulary }),
  ];
  const add = (disguise: Disguise, changed: string | null) => {
    if (changed !== null) undone.push({ disguise, text: changed, isReading: true });
  };
  add('leetspeak', withoutLeet(folded, vocabulary));
  add('spacing', withSpacing(folded, words, vocabulary));
  add('split', withoutSplit(folded, vocabulary));
  const turned = withoutTurning(text, folded);
  if (turned !== null && readsWell(turned, vocabulary)) add('turned', turned);
  if (!isSuspicious(source)) return undone;
  for (const backwards of withoutReversal(source, vocabulary)) add('reversed', backwards);
  add('cipher', withoutCipher(source, vocabulary));
  add('spacing', withOtherSpaces(folded, words, { quality: source.quality, vocabulary }));
  add('pig-latin', withoutPigLatin(folded, vocabulary));
  return undone;
}

/** Less around the pieces is no context. */
const contextLetters = 4;

/** The pieces alone and in their place. They are a reading when one of them is in words that the text did not have before. */
function fromPieces(
  text: string,
  { pieces, disguise, vocabulary }: { pieces: readonly Piece[]; disguise: Disguise; vocabulary: Vocabulary },
): Undone[] {
  if (pieces.length === 0) return [];
  const decoded = pieces.map((piece) => piece.text);
  const isReading = isBetter(
    decoded.join('\n'),
    pieces.map(({ start, end }) => text.slice(start, end)).join('\n'),
    vocabulary,
  );
  const inPlace = withPieces(text, pieces);
  const around = inPlace.length - decoded.reduce((sum, piece) => sum + piece.length, 0);
  const inContext: Undone = { disguise, text: inPlace, isReading };
  return around < contextLetters ? [inContext] : [inContext, { disguise, text: decoded.join('\n'), isReading }];
}

function isBetter(decoded: string, encoded: string, vocabulary: Vocabulary): boolean {
  const after = qualityOf(wordsOf(fold(decoded)), vocabulary);
  if (!isReadable(after)) return false;
  const before = qualityOf(wordsOf(fold(encoded)), vocabulary);
  return after.known + after.other > before.known + before.other;
}
