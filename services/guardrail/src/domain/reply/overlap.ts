import { once } from '../once.ts';
import { fold } from '../reading/fold.ts';
import { sentenceEnd, wordsOf } from '../reading/words.ts';

/** Instructions of a language model, ready to be looked for in what it says. */
export interface Instructions {
  /** Whether the folded text repeats so much of them that it cannot be chance, beside what the reader knows already. */
  areIn(folded: string): boolean;
}

/** Words of a piece: five in a row are seldom the same by chance. */
const pieceWords = 5;
/** So many pieces one after the other are eight words in a row. */
const rowOfPieces = 4;
/** From so many pieces on, in any order, or from this part of all of them. */
const manyPieces = 6;
const tellingShare = 0.25;
/** Fewest pieces that count as a part of short instructions. */
const leastPieces = 2;
/** Letters of a block. The instructions are cut into blocks, so that a row of 47 letters holds two of them wherever it begins. */
const blockLetters = 16;
/** Blocks in a row that are no chance. */
const rowOfBlocks = 2;

/**
 * The instructions, to be found word by word, also from the last word to the first, and letter by letter, whatever stands between the
 * letters and whichever way they run. Texts that the reader knows excuse what they hold.
 */
export function instructionsOf(instructions: string, known: readonly string[]): Instructions {
  const words = spokenWords(fold(instructions));
  const vocabulary = new Set(words);
  const pieces = piecesOf(words);
  const blocks = blocksOf(words.join(''));
  const beginnings = new Set([...blocks.keys()].map((block) => block.charCodeAt(0)));
  const excuse = once(() => {
    const foldedTexts = known.map((text) => spokenWords(fold(text)));
    return {
      pieces: new Set(foldedTexts.flatMap((text) => [...piecesOf(text)])),
      letters: foldedTexts.map((text) => text.join('')).join(' '),
    };
  });
  const isTelling = (piece: string) => pieces.has(piece) && !excuse().pieces.has(piece);

  function repeatsWords(said: readonly string[]): boolean {
    const found = new Set<string>();
    let familiar = 0;
    let row = 0;
    for (const [index, word] of said.entries()) {
      familiar = vocabulary.has(word) ? familiar + 1 : 0;
      const piece = familiar < pieceWords ? null : said.slice(index + 1 - pieceWords, index + 1).join(' ');
      row = piece !== null && isTelling(piece) ? row + 1 : 0;
      if (row === rowOfPieces) return true;
      if (piece !== null && row > 0) found.add(piece);
    }
    return found.size >= Math.max(leastPieces, Math.min(manyPieces, tellingShare * pieces.size));
  }

  function repeatsLetters(letters: string): boolean {
    for (let at = 0; at + blockLetters <= letters.length; at += 1) {
      if (!beginnings.has(letters.charCodeAt(at))) continue;
      const place = blocks.get(letters.slice(at, at + blockLetters));
      if (place === undefined) continue;
      const row = letters.slice(at, at + rowOfBlocks * blockLetters);
      const next = blocks.get(row.slice(blockLetters));
      if (next === place + 1 && !excuse().letters.includes(row)) return true;
    }
    return false;
  }

  return {
    areIn(folded) {
      const said = spokenWords(folded);
      const letters = said.join('');
      return (
        repeatsWords(said) ||
        repeatsWords(said.toReversed()) ||
        repeatsLetters(letters) ||
        repeatsLetters(Array.from(letters).toReversed().join(''))
      );
    },
  };
}

function spokenWords(folded: string): string[] {
  return wordsOf(folded).flatMap(({ text }) => (text === sentenceEnd ? [] : [text]));
}

/** Each five words in a row, once, in the order of the text. */
function piecesOf(words: readonly string[]): Set<string> {
  const pieces = new Set<string>();
  for (let at = 0; at + pieceWords <= words.length; at += 1) pieces.add(words.slice(at, at + pieceWords).join(' '));
  return pieces;
}

/** The blocks and their places. Of equal ones the last counts. */
function blocksOf(letters: string): ReadonlyMap<string, number> {
  const blocks = new Map<string, number>();
  for (let at = 0; at + blockLetters <= letters.length; at += blockLetters) {
    blocks.set(letters.slice(at, at + blockLetters), at / blockLetters);
  }
  return blocks;
}
