import type { Random } from '../../random.ts';
import type { Example } from '../grammar.ts';

/** Shares of how people type: most begin with a capital and end with a full stop, many do neither, a few shout. */
const lowerShare = 0.3;
const capitalShare = 0.65;
const shoutShare = 0.03;
/** Share of messages that keep their final mark, or get a full stop. */
const endShare = 0.5;
/** Share of messages with one slip of the finger. */
const slipShare = 0.06;

/**
 * A message as somebody might type it: capitals, final marks and slips by chance, so that a model cannot learn the habits of whoever
 * wrote the templates.
 */
export function vary({ text, language }: Example, random: Random): string {
  const tidy = text
    .replace(/\s+([,.!?;:。！？，؟])/g, '$1')
    .replace(/([!?.,])[.,]+/g, '$1')
    .replace(/^[,.\s]+/, '')
    .trim();
  return slip(endOf(caseOf(tidy, language, random), random), random);
}

function caseOf(text: string, language: string, random: Random): string {
  // Turkish has two kinds of i.
  const locale = language === 'mul' ? 'en' : language;
  const chance = random.next();
  if (chance < lowerShare) return text.toLocaleLowerCase(locale);
  if (chance < lowerShare + shoutShare) return text.toLocaleUpperCase(locale);
  return random.next() < capitalShare ? text.charAt(0).toLocaleUpperCase(locale) + text.slice(1) : text;
}

function endOf(text: string, random: Random): string {
  if (random.next() < endShare)
    return random.next() < endShare ? text.replace(/(?<=[\p{L}\p{M}\p{N})])$/u, fullStopOf(text)) : text;
  return text.replace(/(?<=[\p{L}\p{M}])[.!?。！？।؟]$/u, '');
}

function fullStopOf(text: string): string {
  if (/\p{Script=Han}/u.test(text)) return '。';
  return /\p{Script=Devanagari}/u.test(text) ? '।' : '.';
}

/** Two neighbouring letters exchanged, one left out or one doubled. */
function slip(text: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, text.length - 2));
  const pair = text.slice(at, at + 2);
  if (random.next() >= slipShare || !/^\p{L}{2}$/u.test(pair)) return text;
  const [first = '', second = ''] = pair;
  return `${text.slice(0, at)}${random.pick([second + first, first, first + first + second])}${text.slice(at + 2)}`;
}
