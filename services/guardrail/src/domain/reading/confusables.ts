/**
 * Letters that pass for Latin ones and that no decomposition takes apart: strokes, hooks, small capitals, phonetic and turned letters.
 * Each belongs to the Latin script or to no language, so it is always read as Latin. From the confusables of Unicode TR 39 and the
 * block charts, those that a keyboard or a text styler makes.
 */
const latinVariants: Readonly<Record<string, string>> = {
  a: 'ᴀɑɐⱥ∀',
  ae: 'æᴁ',
  b: 'ʙɓƀ',
  c: 'ᴄƈȼↄɔ',
  d: 'ᴅđɗɖðƌ',
  e: 'ᴇɛǝəɇ℮ɘɜ',
  f: 'ꜰƒɟ',
  g: 'ɢɡɠǥƃᵷ',
  h: 'ʜħɦɥ',
  i: 'ɪıɨɩᴉ',
  j: 'ᴊȷɉ',
  k: 'ᴋƙʞ',
  l: 'ʟłɭɫƚꞁ',
  m: 'ᴍɱɯ',
  n: 'ɴɲƞŋɳ',
  o: 'ᴏøɵ',
  oe: 'œɶ',
  p: 'ᴘƥᵽ',
  q: 'ꞯʠɋ',
  r: 'ʀɾɽɍɹᴚ',
  s: 'ꜱʂƨ',
  ss: 'ßẞ',
  t: 'ᴛŧƭʈʇ',
  th: 'þ',
  u: 'ᴜʉʊ',
  v: 'ᴠʋʌ',
  w: 'ᴡⱳʍ',
  y: 'ʏƴɏʎ',
  z: 'ᴢƶʐʑ',
};

/** Braille a to z. */
const braille = '⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵';

/** Letters of other scripts that hardly anyone tells from the Latin one, in lower case. */
const closeLookAlikes: Readonly<Record<string, string>> = {
  a: 'аα',
  c: 'с',
  d: 'ԁꓓ',
  e: 'еҽ',
  g: 'ց',
  h: 'һհ',
  i: 'іι',
  j: 'ј',
  k: 'к',
  l: 'ӏ',
  n: 'ոռ',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛզ',
  s: 'ѕ',
  u: 'υս',
  v: 'ѵν',
  w: 'ѡԝ',
  x: 'хχ',
  y: 'уүγ',
};

/** Letters that only resemble one; read so where the rest of the word is Latin. */
const looseLookAlikes: Readonly<Record<string, string>> = {
  a: 'дλ',
  b: 'вьъбβ',
  d: 'δժ',
  e: 'эєεξ',
  f: 'ғϝ',
  h: 'н',
  k: 'κқ',
  l: 'լ',
  m: 'м',
  n: 'ипηπ',
  o: 'өσθф',
  r: 'гя',
  t: 'тτ',
  u: 'цμ',
  w: 'шщω',
  x: 'ж',
  y: 'ч',
  z: 'зζ',
};

/** Capitals that look like another letter than their lower case does. */
const capitalLookAlikes: Readonly<Record<string, string>> = { Ν: 'n', Η: 'h', Υ: 'y', Μ: 'm', Σ: 'e', Λ: 'a', Χ: 'x' };

/** Lisu letters are Latin capitals in another block; hardly anyone writes Lisu to a Latin word. */
const lisu = 'ꓐBꓑPꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU';

function pairsOf(table: Readonly<Record<string, string>>): [number, string][] {
  return Object.entries(table).flatMap(([latin, others]) =>
    Array.from(others, (other): [number, string] => [other.charCodeAt(0), latin]),
  );
}

function withCapitals(pairs: readonly [number, string][]): [number, string][] {
  return pairs.flatMap(([unit, latin]): [number, string][] => {
    const capital = String.fromCharCode(unit).toUpperCase();
    return capital.length === 1
      ? [
          [unit, latin],
          [capital.charCodeAt(0), latin],
        ]
      : [[unit, latin]];
  });
}

/** Lower-case Latin by code unit of what is always read as Latin. */
export const latinVariantOf: ReadonlyMap<number, string> = new Map([
  ...withCapitals(pairsOf(latinVariants)),
  ...Array.from(braille, (sign, index): [number, string] => [sign.charCodeAt(0), String.fromCharCode(97 + index)]),
]);

const lisuPairs = Array.from({ length: lisu.length / 2 }, (_, index): [number, string] => [
  lisu.charCodeAt(2 * index),
  lisu.charAt(2 * index + 1).toLowerCase(),
]);

/** Latin letter by lower-case code unit of a letter of another script that is hard to tell from it. */
export const closeLookAlikeOf: ReadonlyMap<number, string> = new Map([...pairsOf(closeLookAlikes), ...lisuPairs]);

/** Latin letter by lower-case code unit of a letter of another script that resembles it, the close ones included. */
export const lookAlikeOf: ReadonlyMap<number, string> = new Map([...pairsOf(looseLookAlikes), ...closeLookAlikeOf]);

/** Code units of capitals that hardly anyone tells from a Latin one, though their lower case is another letter. */
export const closeCapitals: ReadonlySet<number> = new Set(
  Array.from('ВЕКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', (letter) => letter.charCodeAt(0)),
);

/** Latin letter by code unit of a capital that resembles another letter than its lower case does. */
export const capitalLookAlikeOf: ReadonlyMap<number, string> = new Map(pairsOf(invert(capitalLookAlikes)));

/** Cyrillic letter by code unit of the Latin one that passes for it within a Cyrillic word. */
export const cyrillicLookAlikeOf: ReadonlyMap<number, string> = new Map(
  Array.from(
    'aаcсeеoоpрxхyуiіjјsѕkкhнbвmмtт'.matchAll(/(.)(.)/gsu),
    ([, latin = '', cyrillic = '']): [number, string] => [latin.charCodeAt(0), cyrillic],
  ),
);

function invert(table: Readonly<Record<string, string>>): Record<string, string> {
  const inverted: Record<string, string> = {};
  for (const [other, latin] of Object.entries(table)) inverted[latin] = (inverted[latin] ?? '') + other;
  return inverted;
}
