import { startsWithActionVerb } from './words.ts';

/** Pairs that are one thing to buy or do. */
const fixedPairs =
  /\b(?:mac|macaroni|salt|fish|bread|peanut butter|cookies|ham|rice|oil|gin|rum|arts|research|terms|washer|nuts|pros|pen|black|bacon|pork|biscuits|chips|cut|wash|trial|health|vinegar) (?:and|&|n) (?:cheese|pepper|chips|butter|jelly|jam|cream|milk|eggs|beans|vinegar|tonic|coke|crafts|development|conditions|dryer|bolts|cons|paper|white|gravy|salsa|paste|fold|error|safety|oil)\b/i;
/** A longer piece is a sentence, not a thing on a list. */
const itemWordLimit = 5;
/** One message adds at most this many tasks from one enumeration; a longer one stays one task. */
const itemLimit = 20;

/** The things that an enumeration names ("milk, eggs and bread"), or the whole text when it is not clearly one. */
export function splitItems(text: string, { isListNamed }: { isListNamed: boolean }): string[] {
  const masked = text.replace(fixedPairs, (pair) => pair.replace(/ (?:and|&|n) /i, '\u0001'));
  const pieces = masked
    .split(/\s*,\s*(?:and\s+)?|\s+(?:and|&|plus)\s+(?:also\s+)?/i)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  if (pieces.length < 2 || pieces.length > itemLimit) return [text];
  const items = pieces.map((piece) => restorePair(text, piece));
  const withVerb = pieces.filter((piece) => startsWithActionVerb(piece) && piece.includes(' ')).length;
  const refersBack = pieces.slice(1).some((piece) => /\b(?:it|them|him|her|there)\b/i.test(piece));
  if (withVerb === pieces.length && !refersBack) return items;
  const areThings =
    withVerb === 0 && pieces.every((piece) => piece.split(' ').length <= itemWordLimit && !saysMore.test(piece));
  const isShort = pieces.every((piece) => piece.split(' ').length <= 2);
  return areThings && (isListNamed || (pieces.length > 2 && isShort)) ? items : [text];
}

/** A preposition or a pronoun tells of a phrase that the enumeration may share: "call with Bob and Ann". */
const saysMore = /\b(?:with|about|between|from|to|at|by|when|if|that|who|it|them|i|me)\b/i;

function restorePair(text: string, piece: string): string {
  if (!piece.includes('\u0001')) return piece;
  const pair = fixedPairs.exec(text)?.[0];
  const joiner = pair ? (/ (?:and|&|n) /i.exec(pair)?.[0] ?? ' and ') : ' and ';
  return piece.replaceAll('\u0001', joiner);
}
