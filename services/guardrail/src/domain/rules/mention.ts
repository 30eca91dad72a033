import { maskOf } from '../lexicon/concepts.ts';
import { has, type MarkedText } from './markedText.ts';

/** Who speaks of a sentence says so at most so many words before it, or behind it. */
const introWords = 6;
const outroWords = 4;
/** The same of a quotation that a verb of saying stands before: "show “…” as an example". */
const halfOutroWords = 3;
/** A quotation is looked for within so many characters before and behind what was found. */
const quotationLength = 160;

/** "The phrase “…”", "what “…” means", "the task “…”". */
const intro = maskOf(['about', 'text', 'task', 'fiction', 'restriction']);
const outro = maskOf(['about']);

const opening = /["“„«「『]/g;
const either = /["“”„«»「」『』\n]/;
/** Behind speech its sentence goes on: "…," whispered the girl. */
const goesOn = /^["”“»」』]\s?[,،，]\s?[\p{L}\p{M}]|^[”」』]\p{Script=Han}/u;
const endsInComma = /[,،，]\s?$/;
/** A value of settings, or what a demand announces. */
const announces = /[:=([{,：][ \t]?\\?$/;

/**
 * Whether what was found, first and last position, is quoted by somebody who speaks of it: all of it is in quotation marks, and words
 * around them say that it is a phrase, a title, an example, or speech in a story. A quotation that is the whole text is none.
 */
export function isMention(marked: MarkedText, first: number, last: number): boolean {
  const { text, words } = marked;
  const start = words[first]?.start ?? 0;
  const end = words[last]?.end ?? 0;
  const open = openingBefore(text, words[last]?.start ?? 0);
  if (open < 0 || either.test(text.slice(Math.max(start, open + 1), end))) return false;
  const closeAt = text.slice(end, end + quotationLength).search(either);
  if (closeAt < 0 || text.charAt(end + closeAt) === '\n') return false;
  if (announces.test(text.slice(Math.max(0, open - 3), open))) return false;
  const isWhole = start > open;
  if (isWhole && (goesOn.test(text.slice(end + closeAt)) || endsInComma.test(text.slice(end, end + closeAt))))
    return true;
  // Only words about it excuse a demand that is half outside: "translate “…” for my slides on attacks", not "say “…”".
  const before = positionBefore(marked, last, open);
  const behind = positionBehind(marked, last, end + closeAt);
  return (
    has(marked, before, introWords, -1, isWhole ? intro : outro) ||
    has(marked, behind, isWhole ? outroWords : halfOutroWords, 1, outro)
  );
}

/** Where the quotation mark stands that is open at the position, or -1. */
function openingBefore(text: string, position: number): number {
  const from = Math.max(0, position - quotationLength);
  const line = text.slice(Math.max(from, text.lastIndexOf('\n', position - 1) + 1), position);
  const lineStart = position - line.length;
  let open = -1;
  for (const { 0: sign, index } of line.matchAll(opening))
    open = sign === '"' && open >= 0 && line[open] === '"' ? -1 : index;
  if (open < 0 || /[”»」』]/.test(line.slice(open + 1))) return -1;
  return lineStart + open;
}

function positionBefore({ words }: MarkedText, last: number, open: number): number {
  let at = last;
  while (at >= 0 && (words[at]?.start ?? 0) > open) at -= 1;
  return at;
}

function positionBehind({ words }: MarkedText, last: number, close: number): number {
  let at = last;
  while (at < words.length && (words[at]?.start ?? 0) < close) at += 1;
  return at;
}

/** A line of a program, a log or a settings file ends or begins within it: what stands on both sides is not one sentence. */
const lines =
  /[={};)\]]\s*\n|\n\s*(?:[\w.-]{1,40}(?:\(|\s?[:=])|\/\/|(?:const|let|var|def|return|if|for|class|import|function|assert)\b|\d{1,2}[:.]\d\d\b|[{}@])|\s--\w|\s\/\w/;
/** A part of a name, or an option, of a program. */
const nameBefore = /\w_$|@$|(?:^|[^-])--$/;
const nameBehind = /^(?:_\w|["']?\s?[:=]\s?(?:true|false|null|\d|\[|\{))/;
/** Fields of a table. */
const fields = /\w,\w/;

/** Whether what was found is made of pieces of a program, a table or settings. */
export function isCode({ text, words }: MarkedText, first: number, last: number): boolean {
  const start = words[first]?.start ?? 0;
  const firstEnd = words[first]?.end ?? 0;
  const found = text.slice(start, (words[last]?.end ?? 0) + 1);
  return (
    lines.test(found) ||
    fields.test(found) ||
    nameBehind.test(text.slice(firstEnd, firstEnd + 8)) ||
    nameBefore.test(text.slice(Math.max(0, start - 3), start))
  );
}
