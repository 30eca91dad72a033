/**
 * The lines of a template literal, without indentation and empty ones, so that texts full of quotes can be written as they are.
 * `\n` is a line break within a text; `⟦` and `⟧` are square brackets, which a grammar would take for alternatives.
 */
export function lines(literal: TemplateStringsArray): readonly string[] {
  return literal.raw
    .join('')
    .split('\n')
    .map((line) => line.trim().replaceAll('\\n', '\n'))
    .filter((line) => line !== '');
}

/** The text with the square brackets that `lines` hid from the grammar, and without the space that a slot leaves before a full stop. */
export function tidy(text: string): string {
  return text
    .replaceAll('⟦', '[')
    .replaceAll('⟧', ']')
    .replace(/ +([.,])(?=\s|$)/g, '$1')
    .trim();
}
