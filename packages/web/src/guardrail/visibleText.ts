/** What is not seen, or changes how what follows is seen; line breaks and tabs are neither. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}\u2028\u2029]/gu;

/** The text with what hides in it shown by its code point, such as `[U+202E]`: whoever reviews it sees what a model would read. */
export function visibleText(text: string): string {
  return text.replaceAll(unseen, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}
