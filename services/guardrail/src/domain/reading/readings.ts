import {
  type Enciphered,
  isSuspicious,
  withoutCipher,
  withoutReversal,
  withoutReversedOrder,
  withoutRot47,
} from './cipher.ts';
import { encodedPieces } from './decode.ts';
import { bareOf, fold, foldBare, onlyLookAlikes } from './fold.ts';
import { hiddenPieces, withoutTurning } from './hidden.ts';
import { withoutLeet } from './leetspeak.ts';
import { withoutMisspelling } from './misspelt.ts';
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
  | 'misspelt'
  | 'spacing'
  | 'reversed'
  | 'turned'
  | 'look-alikes'
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
/** So many UTF-16 code units of them; a usual message with all its readings has a few hundred. */
const sourceUnits = 16_000;
/** No reading is longer, in UTF-16 code units; also the bound of what is looked at for disguises. */
const lengthLimit = 8000;

/** A text that may be in disguise. */
interface Source {
  readonly text: string;
  /** What decoders look at: case is kept. */
  readonly bare: string;
  readonly folded: string;
  readonly depth: number;
}

function sourceOf(text: string, depth: number): Source {
  const bare = bareOf(text);
  return { text, bare, folded: foldBare(bare), depth };
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
    const first = sourceOf(text, 0);
    const readings: Reading[] = [{ disguise: 'none', text: first.folded }];
    const seen = new Set<string>();
    const sources = [text.length > lengthLimit ? sourceOf(text.slice(0, lengthLimit), 0) : first];
    let units = 0;
    for (let index = 0; index < sources.length && index < sourceLimit && units < sourceUnits; index += 1) {
      const source = sources[index];
      if (source === undefined || source.depth === depthLimit) continue;
      units += source.text.length;
      for (const { disguise, text: undone, isReading } of undo(source, vocabulary)) {
        const cut = undone.slice(0, lengthLimit);
        if (seen.has(cut)) continue;
        seen.add(cut);
        const next = sourceOf(cut, source.depth + 1);
        sources.push(next);
        const isNew = isReading && readings.every((reading) => reading.text !== next.folded);
        if (isNew && readings.length < readingLimit) readings.push({ disguise, text: next.folded });
      }
    }
    return readings;
  };
}

/** What the text is with one disguise undone, for each disguise that it seems to have. */
function undo({ text, bare, folded }: Source, vocabulary: Vocabulary): Undone[] {
  const words = wordsOf(folded);
  const enciphered: Enciphered = { folded, words, quality: qualityOf(words, vocabulary) };
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
  const latin = onlyLookAlikes(folded);
  if (latin !== null && readsWell(latin, vocabulary)) add('look-alikes', latin);
  add('reversed', withoutReversedOrder(folded));
  add('cipher', withoutRot47(bare, enciphered, vocabulary));
  if (!isSuspicious(enciphered)) return undone;
  for (const backwards of withoutReversal(enciphered, vocabulary)) add('reversed', backwards);
  add('cipher', withoutCipher(enciphered, vocabulary));
  add('spacing', withOtherSpaces(folded, words, { quality: enciphered.quality, vocabulary }));
  add('misspelt', withoutMisspelling(folded, vocabulary));
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
