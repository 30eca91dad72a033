/** Letters that several letters and signs are written for: each line is read as its first letter. */
const alike = ['a4@^', 'b8', 'kc(<¢', 'e3€', 'g69q', 'h#', 'il1!|¡', 'o0', 's5$', 't7+†', 'x%×', 'uv', 'z2'];

const skeletonLetter: readonly string[] = skeletonTable();

function skeletonTable(): string[] {
  const table: string[] = [];
  for (let unit = 0; unit < 0x2100; unit += 1)
    table.push(unit >= 0x61 && unit <= 0x7a ? String.fromCharCode(unit) : '');
  for (const signs of alike) {
    for (const sign of signs) table[sign.charCodeAt(0)] = signs.charAt(0);
  }
  return table;
}

/**
 * What is left of a word when letters and signs that are written for one another are one, and doubled ones single: `pr3vi0uss` and
 * `previous` have the same skeleton.
 */
export function skeletonOf(word: string): string {
  let skeleton = '';
  let last = '';
  for (let position = 0; position < word.length; position += 1) {
    const letter = skeletonLetter[word.charCodeAt(position)] ?? '';
    if (letter === last) continue;
    skeleton += letter;
    last = letter;
  }
  return skeleton.replaceAll('ph', 'f');
}
