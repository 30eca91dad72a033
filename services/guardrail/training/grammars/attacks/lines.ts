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

/** A sentence that follows itself, which happens when a slot is filled twice. */
const sentenceTwice = /([^.!?。।\n]{6,}[.!?。।])\s*\1/g;

/** The text with its square brackets, no sentence twice in a row, and no space that a slot left before a full stop. */
export function tidy(text: string): string {
  return text
    .replaceAll('⟦', '[')
    .replaceAll('⟧', ']')
    .replace(/ +([.,])(?=\s|$)/g, '$1')
    .replace(sentenceTwice, '$1')
    .trim();
}

/** English text with `a` and `an` as the next letter wants it, and no space that an empty alternative left before a mark. */
export function inGoodEnglish(text: string): string {
  return text
    .replace(/(?<=\w) +(?=[:?](\s|$))/g, '')
    .replace(/\b([Aa])n (?=[bcdfgjklmnpqrstvwyz])/g, '$1 ')
    .replace(/(?<!")\b([Aa]) (?=[aeioAEIO][a-zI])(?!one)/g, '$1n ');
}
