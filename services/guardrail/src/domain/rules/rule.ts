import { conceptsOf, maskOf } from '../lexicon/concepts.ts';
import { type Concept, conceptNames } from '../lexicon/lexicon.ts';
import { sentenceEnd, type Word } from '../reading/words.ts';
import { has, type MarkedText } from './markedText.ts';
import { isCode, isMention } from './mention.ts';
import { findSequence } from './phrase.ts';

/** What an attack says, in concepts, for all languages at once. */
export interface Rule {
  /** Closed reason code. */
  readonly reason: string;
  /** From 0.5 it blocks a message by the settings of the product, from 0.35 a document. */
  readonly score: number;
  /**
   * Concepts in their order within a sentence, `|` between those of which one is enough, `+` between those that one word must have, `^`
   * before one that it must not have, a number for how many words may stand between (none without): `override 3 prior|own 3 instruction`.
   */
  readonly says: string;
  /** The concepts may come in any order, and one word may be several: languages differ in where the verb stands. The numbers add up. */
  readonly isAnyOrder?: boolean;
  /** None of these concepts is in what was found. */
  readonly without?: readonly Concept[];
  /** None of these is among the words behind it. */
  readonly notBefore?: readonly Concept[];
  /** What was found must not belong to a thing, as the instructions "on the box" do. */
  readonly isOfAssistant?: boolean;
  /** A quotation or colon follows, and no choice of two: what the assistant is to say. */
  readonly isQuoteNext?: boolean;
  /** Words that may follow in the sentence: none, or the auxiliary verb of a language that has verbs last. */
  readonly atMostBehind?: 0 | 1;
  /** Of people's things a page says it, too: only in a text of at most `shortWords`. */
  readonly isShortOnly?: boolean;
  /** No other noun may be meant: no long word without a concept in what was found, nor behind it. */
  readonly isOfNothingElse?: boolean;
  /** Talk about it is no attack: "what does … mean?", "an article about …". */
  readonly isMentionHarmless?: boolean;
  /** Only in texts of third parties, where nothing has to be said to the assistant. */
  readonly isDocumentOnly?: boolean;
}

/** Whether a text says what the rule looks for. */
export type IsSaid = (marked: MarkedText) => boolean;

/** Words behind a finding in which `notBefore` is looked for. */
const behindWords = 4;
/** "Do not ever ignore": a negation stands at most so many words before the verb. */
const keepWords = 3;
/** "Explain what … means": talk about a thing begins at most so many words before it. */
const aboutWords = 6;
/** "The instructions that I gave to you": an owner stands at most so many words after the preposition. */
const ownerWords = 4;

/** A message; what is longer tells many things, and one of them may be that old rules are void. */
const shortWords = 25;
/** A word without a concept that is as long is a noun or verb of its own, not an article or preposition. */
const contentLetters = 5;

const keep = maskOf(['keep']);
const about = maskOf(['about']);
const earlier = maskOf(['prior', 'told']);
/** What programs, settings and tables speak of. */
const ofPrograms = maskOf(['override', 'weakOverride', 'instruction', 'restriction', 'secret', 'authority']);
const assistants = maskOf(['own', 'hidden', 'prior', 'told', 'you', 'machine']);
/** My, in the languages of the lexicon that say so before a noun. */
const mine = new Set([
  'my',
  'our',
  'mi',
  'mis',
  'mon',
  'ma',
  'mes',
  'notre',
  'mein',
  'meine',
  'unser',
  'unsere',
  'nuestro',
  'мои',
  'моя',
]);
const scope = maskOf(['scope']);
/** Whose instructions are the assistant's. */
const owner = maskOf(['own', 'you', 'machine', 'hidden', 'prior', 'text', 'told', 'say', 'reveal', 'authority']);

interface Step {
  readonly mask: number;
  /** One of the concepts is not enough. */
  readonly needsAll: boolean;
  /** None of these. */
  readonly excluded: number;
  /** Words that may stand before it. */
  readonly gap: number;
}

function stepsOf(says: string): Step[] {
  const steps: Step[] = [];
  let gap = 0;
  for (const token of says.split(' ')) {
    if (/^\d+$/.test(token)) {
      gap = Number(token);
      continue;
    }
    const [wanted = '', ...unwanted] = token.split('^');
    steps.push({
      mask: maskOf(conceptsNamed(wanted.split(/[|+]/))),
      needsAll: token.includes('+'),
      excluded: maskOf(conceptsNamed(unwanted)),
      gap,
    });
    gap = 0;
  }
  return steps;
}

/** @throws RangeError for an unknown concept */
function conceptsNamed(names: readonly string[]): Concept[] {
  const concepts = conceptNames.filter((name) => names.includes(name));
  if (concepts.length !== names.length) throw new RangeError(`unknown concept among ${names.join(', ')}`);
  return concepts;
}

function isMeant({ mask, needsAll, excluded }: Step, concepts: number): boolean {
  if ((excluded & concepts) !== 0) return false;
  const shared = mask & concepts;
  return needsAll ? shared === mask : shared !== 0;
}

/**
 * Compiles a rule. What it returns is linear in the number of marked words.
 * @throws RangeError for an unknown concept.
 */
export function compileRule(rule: Rule): IsSaid {
  const steps = stepsOf(rule.says);
  const find = rule.isAnyOrder === true ? anyOrder(steps) : inOrder(steps);
  const barrier = maskOf(rule.without ?? []);
  const behind = maskOf(rule.notBefore ?? []);
  const isOfPrograms = steps.some(({ mask }) => (mask & ofPrograms) !== 0);
  return (marked) =>
    steps.every(({ mask }) => (mask & marked.all) !== 0) &&
    find(marked, barrier, (first, last, isTurned) => {
      if ((isTurned || rule.isShortOnly === true) && marked.words.length > shortWords) return false;
      if (has(marked, first, keepWords + 1, -1, keep)) return false;
      if (behind !== 0 && has(marked, last + 1, wordsOfClause(marked, last, behindWords), 1, behind)) return false;
      if (isOfSomebodysOwn(marked, first, last)) return false;
      if (rule.isOfNothingElse === true && hasOtherNoun(marked, last)) return false;
      if (rule.isOfAssistant === true && isOfThing(marked, last)) return false;
      if (rule.atMostBehind !== undefined && wordsBehind(marked, last, 2) > rule.atMostBehind) return false;
      if (rule.isQuoteNext === true && !isQuoteNext(marked, first, last)) return false;
      if (rule.isMentionHarmless === true && has(marked, first, aboutWords + 1, -1, about)) return false;
      return !(isOfPrograms && isCode(marked, first, last)) && !isMention(marked, first, last);
    });
}

/** `isTurned`: the first of the concepts stands behind the last. */
type Accepts = (first: number, last: number, isTurned: boolean) => boolean;
type Find = (marked: MarkedText, barrier: number, accepts: Accepts) => boolean;

function inOrder(steps: readonly Step[]): Find {
  const gaps = steps.map(({ gap }) => gap);
  return (marked, barrier, accepts) =>
    findSequence(gaps, {
      positions: marked.marked,
      isStep(step, at) {
        const wanted = steps[step];
        return wanted !== undefined && isMeant(wanted, marked.masks[at] ?? 0);
      },
      isBarrier: (at) => isBarrier(marked, at, barrier),
      accepts: (first, last) => accepts(first, last, false),
    });
}

/** All steps within as many words as the gaps and the steps make; of each the latest is kept. */
function anyOrder(steps: readonly Step[]): Find {
  const width = steps.reduce((sum, { gap }) => sum + gap + 1, 0);
  return (marked, barrier, accepts) => {
    const lasts = steps.map(() => Number.NEGATIVE_INFINITY);
    for (const at of marked.marked) {
      if (isBarrier(marked, at, barrier)) {
        lasts.fill(Number.NEGATIVE_INFINITY);
        continue;
      }
      const mask = marked.masks[at] ?? 0;
      let isNew = false;
      steps.forEach((step, index) => {
        if (!isMeant(step, mask)) return;
        lasts[index] = at;
        isNew = true;
      });
      const first = Math.min(...lasts);
      if (isNew && at - first < width && accepts(first, at, (lasts[0] ?? 0) > (lasts.at(-1) ?? 0))) return true;
    }
    return false;
  };
}

function isBarrier({ words, masks }: MarkedText, at: number, barrier: number): boolean {
  return words[at]?.text === sentenceEnd || ((masks[at] ?? 0) & barrier) !== 0;
}

/** How many of the words behind the position, at most `count`, belong to its clause: "…, phone" is not what the verb is about. */
function wordsOfClause({ text, words }: MarkedText, at: number, count: number): number {
  for (let step = 1; step <= count; step += 1) {
    const next = words[at + step];
    if (next === undefined || clauseEnds.test(text.slice(words[at + step - 1]?.end, next.start))) return step - 1;
  }
  return count;
}

/** Whether something of the speaker's turns away, "my dog ignores all commands", and nothing that is said to be the assistant's. */
function isOfSomebodysOwn({ text, words, masks }: MarkedText, first: number, last: number): boolean {
  const possessive = words[first - 2];
  if (possessive === undefined || !mine.has(possessive.text)) return false;
  if (clauseEnds.test(text.slice(possessive.end, words[first]?.start))) return false;
  return !masks.subarray(first, last + 1).some((mask) => (mask & assistants) !== 0);
}

/** Whether "all previous" speaks of photos or versions: a noun that no rule knows stands beside the last word of what was found. */
function hasOtherNoun({ text, words, masks }: MarkedText, last: number): boolean {
  if (isOtherInChinese(words, masks, last)) return true;
  const isOther = (at: number) => masks[at] === 0 && (words[at]?.text.length ?? 0) >= contentLetters;
  const word = words[last];
  // The words behind the first of an expression, "before this", have no concept of their own.
  const isAdjective = word !== undefined && ((conceptsOf([word])[0] ?? 0) & earlier) !== 0;
  if (!isAdjective) return false;
  return isOther(last - 1) || (isOther(last + 1) && !clauseEnds.test(text.slice(word.end, words[last + 1]?.start)));
}

/** The same in Chinese, whose words are one character each: an unknown one behind the particle of the adjective. */
function isOtherInChinese(words: readonly Word[], masks: Uint32Array, last: number): boolean {
  const particle = [last + 1, last + 2].find((at) => words[at]?.text === '的');
  return particle !== undefined && words[particle + 1]?.text !== sentenceEnd && masks[particle + 1] === 0;
}

/** Whether the noun at the position belongs to something that is not the assistant: "for the cake", "on the box". */
function isOfThing(marked: MarkedText, at: number): boolean {
  if (wordsOfClause(marked, at, 1) === 0 || !has(marked, at + 1, 1, 1, scope)) return false;
  const isNamed = marked.words[at + 2] !== undefined && marked.words[at + 2]?.text !== sentenceEnd;
  return isNamed && !has(marked, at + 1, ownerWords, 1, owner);
}

function wordsBehind({ words }: MarkedText, at: number, limit: number): number {
  let count = 0;
  while (count < limit && at + 1 + count < words.length && words[at + 1 + count]?.text !== sentenceEnd) count += 1;
  return count;
}

/** Signs at which a clause is over. */
const clauseEnds = /[,;:()\n،、，；：–—|]/;
/** Signs between a verb of saying and what is to be said. */
const quotes = /["“”„«»‘`<[({「『]|(?<=\s)'/;
/** Two quotations to choose from: a question with its possible answers, not a demand. */
const choice = /["'”»’]\s?(?:or|and|oder|und|o|y|ou|et|или|и|或|和|veya|ve|या|और|أو|و)\s?["'“«‘]/;
/** A word or two may stand before a quotation: "say exactly this: …". In characters. */
const quoteDistance = 40;
/** Longest quotation whose end is looked for, in characters. */
const quotationLength = 120;
/** What may stand between a verb of saying and a colon: "this", "the following words", and what is shorter than a noun. */
const pointing = maskOf(['fresh', 'text', 'say', 'only', 'told', 'scope']);
const pointingLetters = 4;
/** To whom something is said; what is written for them is no label. */
const addressed = maskOf(['machine', 'all', 'prior']);
/** Where something is written on. */
const writtenOn = /^\s?(?:on|onto|auf|aufs|sur|en|sul|sulla|na|на|على|पर)\s/;
const colon = /[:：]/;
const closers = /["”“»’'」』`]/;
/** A choice is seen within so many characters. */
const choiceDistance = 80;

function isQuoteNext(marked: MarkedText, first: number, at: number): boolean {
  const { text, words } = marked;
  const end = words[at]?.end ?? 0;
  if (choice.test(text.slice(end, end + choiceDistance))) return false;
  const next = Math.min(words[at + 3]?.start ?? text.length, end + quoteDistance);
  const between = text.slice(end, next);
  if (quotes.test(between)) return !isWrittenOnThing(marked, end + between.search(quotes));
  return isColonNext(marked, first, at);
}

/** Whether a colon says what is to be said: "say: …", "say this: …", but not "say only the time: when …". */
function isColonNext({ text, words, masks }: MarkedText, first: number, at: number): boolean {
  const isNoun = (step: number) =>
    ((masks[step] ?? 0) & pointing) === 0 && (words[step]?.text.length ?? 0) >= pointingLetters;
  for (let step = first + 1; step < at; step += 1) if (isNoun(step)) return false;
  for (let step = at; step <= at + 2; step += 1) {
    if (step > at && isNoun(step)) return false;
    if (colon.test(text.slice(words[step]?.end ?? text.length, words[step + 1]?.start ?? text.length))) return true;
  }
  return false;
}

/** Whether a thing follows the quotation: "write “fragile” on the label", but not "on every message". */
function isWrittenOnThing(marked: MarkedText, open: number): boolean {
  const { text, words } = marked;
  const from = open + 1;
  const close = text.slice(from, from + quotationLength).search(closers);
  if (close < 0 || !writtenOn.test(text.slice(from + close + 1))) return false;
  const behind = words.findIndex(({ start }) => start > from + close);
  return !has(marked, behind + 1, 2, 1, owner | addressed);
}
