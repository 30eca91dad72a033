/** The lines of a text, without the empty ones: how templates are written down. */
export function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The parts of a text between ` / `, where `_` is an empty one: how the words of a slot are written down. */
export function either(text: string): readonly string[] {
  return text.split(/\s+\/\s+/).map((part) => (part.trim() === '_' ? '' : part.trim()));
}
