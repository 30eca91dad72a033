import type { Random } from '../../random.ts';

/** Shares of the texts that are changed, so that neither case nor punctuation nor flawless spelling tells an attack. */
const lowerCaseShare = 0.14;
const upperCaseShare = 0.05;
const sentenceCaseShare = 0.5;
const endShare = 0.55;
const typoShare = 0.08;
const quoteShare = 0.3;

/** Something encoded, which case would spoil. */
const encodedPattern = /[A-Za-z0-9+/]{16,}/;

/** Texts longer than this many characters are documents, which nobody shouts or writes without capitals. */
const longTextLength = 600;

const ends = ['.', '.', '.', '!', '!', '!!', '...', '…', '?!', ' :)', ';', ','];
const quotePairs = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['«', '»'],
  ['`', '`'],
  ['', ''],
] as const;

/** The text as one of many people might have typed it: its case, its last mark, its quotes, a slip of the fingers. */
export function dress(text: string, random: Random): string {
  return withTypo(withCase(withEnd(withQuotes(text, random), random), random), random);
}

function withQuotes(text: string, random: Random): string {
  if (random.next() >= quoteShare || /[{=<]/.test(text)) return text;
  const [open, close] = random.pick(quotePairs);
  return text.replace(/"([^"\n]{1,80})"/g, (_, quoted: string) => `${open}${quoted}${close}`);
}

function withEnd(text: string, random: Random): string {
  return random.next() < endShare && /[\p{L}\p{N}]$/u.test(text) ? text + random.pick(ends) : text;
}

function withCase(text: string, random: Random): string {
  const chance = random.next();
  if (encodedPattern.test(text)) return text;
  if (text.length <= longTextLength) {
    if (chance < lowerCaseShare) return text.toLowerCase();
    if (chance < lowerCaseShare + upperCaseShare) return text.toUpperCase();
  }
  if (chance < lowerCaseShare + upperCaseShare + sentenceCaseShare) return inSentenceCase(text);
  return text;
}

function inSentenceCase(text: string): string {
  return text.replace(
    /(^|[.!?]\s+|\n)(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** Swaps, drops or doubles one letter inside a word. */
function withTypo(text: string, random: Random): string {
  if (random.next() >= typoShare) return text;
  const position = random.below(text.length);
  const [before = '', letter = '', next = '', after = ''] = text.slice(Math.max(0, position - 1)).slice(0, 4);
  const isInsideWord = [before, letter, next, after].every((character) => /^[a-zäöüßéèñçа-я]$/.test(character));
  if (!isInsideWord || position < 1) return text;
  const slip = random.pick([next + letter, letter, letter + letter + next]);
  return text.slice(0, position) + slip + text.slice(position + 2);
}
