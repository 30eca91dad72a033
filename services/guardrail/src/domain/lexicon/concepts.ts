import { fold } from '../reading/fold.ts';
import { sentenceEnd, type Word, wordsOf } from '../reading/words.ts';
import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import { type Concept, conceptNames, type Lexicon } from './lexicon.ts';
import { moreLanguages } from './moreLanguages.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { turkish } from './turkish.ts';

export { conceptNames };

/** A word as a lexicon or a phrase spells it. */
export interface SpelledWord {
  readonly text: string;
  /** Any ending may follow. */
  readonly isStem: boolean;
}

/** The words of an expression behind the second, and what it means. */
interface Expression {
  readonly rest: readonly SpelledWord[];
  readonly mask: number;
}

/** Expressions with the same first word, by their second word and by how it begins. */
interface Expressions {
  readonly words: Map<string, Expression[]>;
  readonly stems: Map<string, Expression[]>;
}

/** A node of the tree of letters that all first words share. */
interface Node {
  readonly next: Map<number, Node>;
  /** Concepts of the word that ends here. */
  mask: number;
  /** Concepts of each word that begins so. */
  stemMask: number;
  /** Expressions whose first word ends here, and those whose first word begins so. */
  expressions: Expressions | null;
  stemExpressions: Expressions | null;
}

const newNode = (): Node => ({ next: new Map(), mask: 0, stemMask: 0, expressions: null, stemExpressions: null });

/** The bits of some concepts. */
export function maskOf(concepts: readonly Concept[]): number {
  return concepts.reduce((mask, concept) => mask | (1 << conceptNames.indexOf(concept)), 0);
}

/** The words of an expression as they are in folded texts. */
export function spelledWords(expression: string): SpelledWord[] {
  return expression.split(' ').flatMap((piece) => {
    const words = wordsOf(fold(piece)).filter(({ text }) => text !== sentenceEnd);
    return words.map(({ text }, index) => ({ text, isStem: piece.endsWith('*') && index === words.length - 1 }));
  });
}

/** Whether the word is the spelled one. */
export function isSpelled({ text, isStem }: SpelledWord, word: string): boolean {
  return isStem ? word.startsWith(text) : word === text;
}

const root = treeOf([english, german, spanish, french, russian, chinese, arabic, hindi, turkish, moreLanguages]);

function treeOf(lexicons: readonly Lexicon[]): Node {
  const tree = newNode();
  for (const lexicon of lexicons) {
    for (const concept of conceptNames) {
      for (const expression of lexicon[concept]?.split(', ') ?? []) {
        addExpression(tree, spelledWords(expression), maskOf([concept]));
      }
    }
  }
  return tree;
}

function addExpression(tree: Node, [first, ...rest]: readonly SpelledWord[], mask: number): void {
  if (first === undefined) return;
  let node = tree;
  for (let index = 0; index < first.text.length; index += 1) {
    const unit = first.text.charCodeAt(index);
    const next = node.next.get(unit) ?? newNode();
    node.next.set(unit, next);
    node = next;
  }
  const [second, ...others] = rest;
  if (second !== undefined) {
    const key = first.isStem ? 'stemExpressions' : 'expressions';
    node[key] ??= { words: new Map(), stems: new Map() };
    const bySecond = second.isStem ? node[key].stems : node[key].words;
    bySecond.set(second.text, [...(bySecond.get(second.text) ?? []), { rest: others, mask }]);
  } else if (first.isStem) node.stemMask |= mask;
  else node.mask |= mask;
}

/**
 * The concepts of each word as bits in the order of `conceptNames`; an expression of many words marks its first. Linear: each word is
 * compared with the expressions of the lexicon that begin with it, whose number and length do not depend on the text.
 */
export function conceptsOf(words: readonly Word[]): Uint32Array {
  const masks = new Uint32Array(words.length);
  for (let at = 0; at < words.length; at += 1) masks[at] = conceptsAt(words, at);
  return masks;
}

function conceptsAt(words: readonly Word[], at: number): number {
  const text = words[at]?.text ?? '';
  let node = root;
  let mask = 0;
  for (let index = 0; index < text.length; index += 1) {
    const next = node.next.get(text.charCodeAt(index));
    if (next === undefined) return mask;
    node = next;
    mask |= node.stemMask;
    mask |= expressionsAt(node.stemExpressions, words, at);
  }
  return mask | node.mask | expressionsAt(node.expressions, words, at);
}

function expressionsAt(expressions: Expressions | null, words: readonly Word[], at: number): number {
  const second = words[at + 1]?.text;
  if (expressions === null || second === undefined) return 0;
  let mask = meaningOf(expressions.words.get(second) ?? [], words, at + 2);
  for (const [stem, stemmed] of expressions.stems) {
    if (second.startsWith(stem)) mask |= meaningOf(stemmed, words, at + 2);
  }
  return mask;
}

/** What those of the expressions mean whose further words stand at the position. */
function meaningOf(expressions: readonly Expression[], words: readonly Word[], at: number): number {
  let mask = 0;
  for (const { rest, mask: meaning } of expressions) {
    if (isSpelledAt(rest, words, at)) mask |= meaning;
  }
  return mask;
}

/** Whether the spelled words stand at the position, one after the other. */
function isSpelledAt(spelled: readonly SpelledWord[], words: readonly Word[], at: number): boolean {
  for (let index = 0; index < spelled.length; index += 1) {
    const word = words[at + index];
    const wanted = spelled[index];
    if (word === undefined || wanted === undefined || !isSpelled(wanted, word.text)) return false;
  }
  return true;
}
