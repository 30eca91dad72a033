/**
 * Letters of other scripts that look like Latin ones, after compatibility decomposition; from the letters that Unicode TR 39 lists
 * as confusable with a to z, those that attacks use. Compared in lower case.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'аɑαᴀ∂',
  b: 'ьвƅʙβъ',
  c: 'сϲᴄ¢ⅽ',
  d: 'ԁɗᴅđ',
  e: 'еєεэᴇҽ℮€ξ',
  f: 'ƒꜰϝ',
  g: 'ɡɢց',
  h: 'һнʜհη',
  i: 'іιɩɪıӏїί¡∣',
  j: 'јᴊϳ',
  k: 'кκᴋ',
  l: 'ⅼʟłɭ',
  m: 'мᴍ',
  n: 'пոɴи',
  o: 'оοσᴏօøө○◯',
  p: 'рρᴘ',
  q: 'ԛզ',
  r: 'гʀᴦя',
  s: 'ѕꜱʂ',
  t: 'тτᴛŧ†',
  u: 'υцᴜսμ',
  v: 'ѵνᴠ',
  w: 'ѡωԝᴡшщ',
  x: 'хχ×',
  y: 'уүʏγ',
  z: 'ᴢʐ',
};

const latinOf: ReadonlyMap<string, string> = new Map(
  Object.entries(lookAlikes).flatMap(([latin, others]) =>
    Array.from(others, (other): [string, string] => [other, latin]),
  ),
);

/** The Latin letter that the character (in lower case) passes for, or undefined. */
export function latinLookAlike(character: string): string | undefined {
  return latinOf.get(character);
}
