/**
 * Readings of short answers to the bot's own questions. They are closed lists on purpose: whether a destructive act was
 * confirmed is decided here by equality of strings and never by a model (CHAT-3, CHAT-5).
 */
const affirmations = new Set([
  'y',
  'yes',
  'yes please',
  'yep',
  'yeah',
  'sure',
  'ok',
  'okay',
  'confirm',
  'confirmed',
  'do it',
  'go ahead',
  'yes do it',
  'yes go ahead',
  'yes delete it',
  'yes delete them',
]);

const denials = new Set([
  'n',
  'no',
  'no thanks',
  'no thank you',
  'nope',
  'nah',
  'cancel',
  'stop',
  'dont',
  'do not',
  'no dont',
  'never mind',
  'nevermind',
  'forget it',
  'none',
  'neither',
]);

/** True when the whole text is one of the known ways to say yes. */
export function isAffirmation(text: string): boolean {
  return affirmations.has(normalised(text));
}

/** True when the whole text is one of the known ways to say no. */
export function isDenial(text: string): boolean {
  return denials.has(normalised(text));
}

const ordinalWords = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const cardinalWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const fillers = new Set(['the', 'number', 'no', 'task', 'please', 'and', 'of', 'them']);

/** What a person chose from a numbered offer: places from 1, every one, or `null` when the text names no place. */
export function readChoice(text: string, count: number): number[] | null {
  const words = normalised(text)
    .split(' ')
    .filter((word) => !fillers.has(word));
  if (words.length === 1 && (words[0] === 'all' || (words[0] === 'both' && count === 2))) return places(count);
  // "the second one" has a filler where "number one" has a number.
  const named = words.length > 1 ? words.filter((word) => word !== 'one' && word !== 'ones') : words;
  const chosen: number[] = [];
  for (const word of named) {
    const place = placeOf(word, count);
    if (place === null) return null;
    if (!chosen.includes(place)) chosen.push(place);
  }
  return chosen.length > 0 ? chosen : null;
}

function placeOf(word: string, count: number): number | null {
  const digits = /^#?(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1];
  const place = digits === undefined ? placeOfWord(word, count) : Number(digits);
  return place >= 1 && place <= count ? place : null;
}

function placeOfWord(word: string, count: number): number {
  return word === 'last' ? count : Math.max(ordinalWords.indexOf(word), cardinalWords.indexOf(word)) + 1;
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}#]+/gu, ' ')
    .trim();
}
