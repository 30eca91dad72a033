import { latinLookAlike } from './confusables.ts';

/** Characters that show nothing: format and control characters and fillers. Marks go with the decomposition. */
const invisible = /[[\p{Cf}\p{Cc}\u115f\u1160\u2800\u3164\uffa0]--[\t\n\r]]/gv;

/** The text without what is not seen, in lower case, look-alike letters of other scripts and styles as plain Latin ones. */
export function fold(text: string): string {
  const bare = text
    .toWellFormed()
    .replace(invisible, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  let plain = '';
  for (const character of bare) plain += latinLookAlike(character) ?? character;
  return plain.replace(/[ \t\u00a0]+/g, ' ').replace(/\r\n?/g, '\n');
}
